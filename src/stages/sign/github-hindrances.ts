import { ServiceError } from '../../model/errors.ts'
import type { Hindrance } from './signing.ts'
import type { Way } from './way.ts'
import type { ImageWork } from './work.ts'

const LEAVE_OUT = 'leave `github` out of `signature-forms`'

/** What is in the way of keeping attestations with GitHub: it takes no keys, and not everybody may. */
export async function githubHindrances({
  forms,
  way,
  github
}: Pick<ImageWork, 'forms' | 'github'> & { readonly way: Way }): Promise<readonly Hindrance[]> {
  if (!forms.has('github')) return []
  if (way === 'key') {
    return [
      {
        message: 'The form `github` needs attestations with a certificate: found a key',
        remedy: `Sign without a key (\`sign: keyless\`), or ${LEAVE_OUT}`
      }
    ]
  }
  if (github === undefined) {
    return [
      {
        message: 'The form `github` needs a workflow of GitHub and its token: found none',
        remedy: `Give \`github-token\` a token with \`attestations: write\`, or ${LEAVE_OUT}`
      }
    ]
  }
  const error = await github.hindrance()
  if (error === undefined) return []
  const { code, message, remedy } = error
  if (code === 'PERMISSION_MISSING') {
    return [
      {
        message,
        remedy: `Where GitHub gives no such permission, as on a pull request from a fork, ${LEAVE_OUT}`,
        permission: 'attestations: write'
      }
    ]
  }
  const isPassing = error instanceof ServiceError && code !== 'SERVICE_STATUS'
  return [{ message, remedy, ...(isPassing && { passing: true }) }]
}
