import type { Host } from '../../host/host.ts'
import { plainText } from '../../model/plain-text.ts'
import type { Signer } from '../../model/signer.ts'

/** How a signer would be asked for: flags of a terminal, lines of a workflow. Nothing for a key, which has no name. */
export function flagsFor({ env }: Pick<Host, 'env'>, signer: Signer): string | undefined {
  const { identity, issuer } = signer
  if (issuer === undefined) return undefined
  return env['GITHUB_ACTIONS'] === 'true'
    ? `identity: ${yamlText(identity)} and issuer: ${yamlText(issuer)}`
    : `--identity ${shellText(identity)} --issuer ${shellText(issuer)}`
}

/** One word of a shell. */
function shellText(text: string): string {
  return `'${plainText(text).replaceAll("'", String.raw`'\''`)}'`
}

function yamlText(text: string): string {
  return `'${plainText(text).replaceAll("'", "''")}'`
}
