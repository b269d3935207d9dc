import { DER_TAG, derInside, type DerValue, derValues, oidOf } from './der.ts'
import type { CertificateExtension } from './fulcio-identity.ts'

/** Extension with the timestamps of certificate logs. @see https://www.rfc-editor.org/rfc/rfc6962#section-3.3 */
export const SCT_OID = '1.3.6.1.4.1.11129.2.4.2'

const SAN_OID = '2.5.29.17'

/** Tags inside of a subject alternative name: e-mail address, URI. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
const NAME_TAGS = new Set([0x81, 0x86])

/** Where the extensions are. @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
const EXTENSIONS_TAG = 0xa3

/**
 * Lists the extensions of a certificate.
 *
 * @param certificate DER
 * @returns nothing when the bytes are no certificate
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2
 */
export function certificateExtensions(
  certificate: Uint8Array
): readonly CertificateExtension[] | undefined {
  const tbs = derInside(derValues(certificate)?.[0], DER_TAG.sequence)?.[0]
  const fields = derInside(tbs, DER_TAG.sequence)
  if (fields === undefined) return undefined
  const wrapped = fields.find(({ tag }) => tag === EXTENSIONS_TAG)
  const list = derInside(wrapped && derValues(wrapped.content)?.[0], DER_TAG.sequence) ?? []
  return list.flatMap((value) => extensionOf(value) ?? [])
}

function extensionOf(value: DerValue): CertificateExtension | undefined {
  const parts = derInside(value, DER_TAG.sequence)
  const [first, ...rest] = parts ?? []
  const last = rest.at(-1)
  if (first === undefined || last?.tag !== DER_TAG.octets) return undefined
  const oid = oidOf(first)
  return oid === undefined ? undefined : { oid, value: last.content }
}

/** For whom a certificate of Fulcio is: its only URI or e-mail address. */
export function subjectNameOf(extensions: readonly CertificateExtension[]): string | undefined {
  const san = extensions.find(({ oid }) => oid === SAN_OID)
  const names = derInside(san && derValues(san.value)?.[0], DER_TAG.sequence) ?? []
  const [name, ...more] = names.filter(({ tag }) => NAME_TAGS.has(tag))
  if (name === undefined || more.length > 0) return undefined
  return Buffer.from(name.content).toString('utf8')
}
