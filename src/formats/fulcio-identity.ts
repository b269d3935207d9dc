import type { Signer } from '../model/signer.ts'

/** One extension of a certificate: its OID in dots, and the content of its OCTET STRING. */
export interface CertificateExtension {
  readonly oid: string
  readonly value: Uint8Array
}

/** @see https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const ARC = '1.3.6.1.4.1.57264.1.'

/** Last arcs whose value is a DER string. */
const DER = {
  issuer: 8,
  buildSigner: 9,
  runner: 11,
  repository: 12,
  commit: 13,
  ref: 14,
  buildConfig: 18
} as const

/** Last arcs of the certificates before May 2023, whose value is the text itself. */
const RAW = { issuer: 1, commit: 3, repository: 5, ref: 6 } as const

/** Issuer of GitHub's tokens, and where its repositories are. */
export const GITHUB = {
  issuer: 'https://token.actions.githubusercontent.com',
  server: 'https://github.com/'
} as const

/** Issuer of GitLab's tokens, and where its repositories are. */
export const GITLAB = { issuer: 'https://gitlab.com', server: 'https://gitlab.com/' } as const

/** Reads who a Fulcio certificate is for. Only call it with extensions of a certificate that was verified. */
export function fulcioIdentity(name: string, extensions: readonly CertificateExtension[]): Signer {
  const valueOf = (arc: number): Uint8Array | undefined =>
    extensions.find(({ oid }) => oid === `${ARC}${arc}`)?.value
  const der = (arc: number): string | undefined => derText(valueOf(arc))
  const raw = (arc: number): string | undefined => plainText(valueOf(arc))
  const issuer = der(DER.issuer) ?? raw(RAW.issuer)
  const repository = der(DER.repository) ?? oldRepository(issuer, raw(RAW.repository))
  const workflow = der(DER.buildConfig) ?? oldWorkflow(name, repository)
  const builder = der(DER.buildSigner)
  return {
    identity: name,
    ...given('issuer', issuer),
    ...given('repository', repository),
    ...given('commit', der(DER.commit) ?? raw(RAW.commit)),
    ...given('ref', der(DER.ref) ?? raw(RAW.ref)),
    ...given('workflow', workflow),
    ...given('builder', builder === workflow ? undefined : builder),
    ...given('runner', der(DER.runner))
  }
}

function given(name: keyof Signer, value: string | undefined): Partial<Signer> {
  return value === undefined ? {} : { [name]: value }
}

/** The old form has no host; only GitHub's certificates had it. */
function oldRepository(
  issuer: string | undefined,
  repository: string | undefined
): string | undefined {
  return issuer === GITHUB.issuer && repository !== undefined
    ? `${GITHUB.server}${repository}`
    : undefined
}

/** The old form names the workflow that signed; it is the one that was started when it is of the repository. */
function oldWorkflow(name: string, repository: string | undefined): string | undefined {
  return repository !== undefined && name.startsWith(`${repository}/`) ? name : undefined
}

const UTF8_STRING = 0x0c
const IA5_STRING = 0x16
const PRINTABLE_STRING = 0x13

/**
 * A string of DER; nothing when it is anything else.
 *
 * @see https://www.itu.int/rec/T-REC-X.690 8.1.3, 8.23
 */
function derText(bytes: Uint8Array | undefined): string | undefined {
  const [tag, first = 0x80] = bytes ?? []
  if (bytes === undefined || ![UTF8_STRING, IA5_STRING, PRINTABLE_STRING].includes(tag ?? 0)) {
    return undefined
  }
  const lengthBytes = first < 0x80 ? 0 : first - 0x80
  if (lengthBytes > 2 || (first >= 0x80 && lengthBytes === 0)) return undefined
  const length = lengthBytes === 0 ? first : bytesToNumber(bytes.subarray(2, 2 + lengthBytes))
  const content = bytes.subarray(2 + lengthBytes)
  return content.length === length ? plainText(content) : undefined
}

function bytesToNumber(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

function plainText(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
