import type { Host } from '../../host/host.ts'
import { InputError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import type { Genuine } from '../../policy/subject-policy.ts'
import { flagsFor } from './flags.ts'
import type { SubjectResult } from './result.ts'

/** Most signers that are shown. */
const MAX_SHOWN = 5

/**
 * The error of a run that names nobody who may have signed: it accepts nobody, and shows who there is.
 *
 * @param missing names of inputs
 */
export function nobodyNamed(
  host: Pick<Host, 'env'>,
  missing: readonly string[],
  results: readonly SubjectResult[]
): InputError {
  const found = new Map<string, Genuine>()
  const genuine = results.flatMap(({ parts }) => parts.flatMap((part) => part.genuine))
  for (const one of genuine) {
    const { by, signer } = one
    found.set(JSON.stringify([by, signer.identity, signer.issuer]), one)
  }
  const signers = [...found.values()].slice(0, MAX_SHOWN)
  const inputs = missing.map((name) => `\`${name}\``).join(' and ')
  const subjects = results.map(({ given }) => `"${plainText(given)}"`).slice(0, MAX_SHOWN)
  const message = `Cannot verify ${subjects.join(', ')}: nobody is named who may have signed, and nobody in particular is never accepted. ${foundText(signers, results)}`
  return new InputError({
    code: 'INPUT_INVALID',
    message,
    remedy: remedyOf(host, inputs, signers)
  })
}

function foundText(signers: readonly Genuine[], results: readonly SubjectResult[]): string {
  if (signers.length > 0) {
    return `Genuine signatures were found of ${signers.map(signerText).join('; ')}`
  }
  const [trouble] = results.flatMap(({ trouble: one, parts }) => [
    ...(one ? [one.reason] : []),
    ...parts.flatMap(({ assessment }) =>
      assessment.refused.map(
        ({ origin, refusal }) => `${origin}: ${refusal.check}: found ${refusal.found}`
      )
    )
  ])
  return trouble === undefined
    ? 'No signature was found'
    : `No genuine signature was found: ${trouble}`
}

function signerText({ signer: { identity, issuer } }: Genuine): string {
  const vouched = issuer === undefined ? '' : `, issuer "${plainText(issuer)}"`
  return `"${plainText(identity)}"${vouched}`
}

function remedyOf(host: Pick<Host, 'env'>, inputs: string, signers: readonly Genuine[]): string {
  const [flags] = signers.flatMap(({ signer }) => flagsFor(host, signer) ?? [])
  return flags === undefined
    ? `Give ${inputs}, or the file of a public key: \`public-key\` (--public-key <file>)`
    : `Only if you know that this is who should have signed, add ${flags}`
}
