import { X509Certificate } from 'node:crypto'
import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { messageOf } from '../../model/errors.ts'
import type { BundleCheck } from './verified.ts'

/** Beginnings of the library's codes. */
const CHECKS: readonly (readonly [RegExp, BundleCheck])[] = [
  [/^TLOG_/, 'log entry'],
  [/^TIMESTAMP_/, 'time'],
  [/^CERTIFICATE_/, 'certificate'],
  [/^PUBLIC_KEY_/, 'public key'],
  [/^SIGNATURE_/, 'signature']
]

/** Which check an error of the library is of. */
export function checkOf(error: unknown): BundleCheck {
  const code = Error.isError(error) && 'code' in error ? error.code : undefined
  const known = CHECKS.find(([begin]) => typeof code === 'string' && begin.test(code))
  return known?.[1] ?? 'form'
}

/** The library's message, with that of its cause: which says more. */
export function reasonOf(error: unknown): string {
  const cause = Error.isError(error) ? error.cause : undefined
  const fields = Error.isError(error) && 'fields' in error ? error.fields : undefined
  const parts = [
    messageOf(error),
    ...(cause === undefined ? [] : [messageOf(cause)]),
    ...(Array.isArray(fields) ? [fields.join(', ')] : [])
  ]
  return parts.join(': ').slice(0, 300)
}

/** Whether what failed is that somebody is not known, who may not have been there when the trust material was made. */
export function isNewer(
  bundle: unknown,
  given: {
    readonly asOf: string
    readonly logIds: ReadonlySet<string | undefined>
    readonly error: unknown
  }
): boolean {
  const material = jsonObjectOf(jsonObjectOf(bundle)?.['verificationMaterial']) ?? {}
  const entries = Array.isArray(material['tlogEntries']) ? material['tlogEntries'] : []
  const unknownLog = entries.some((entry) => {
    const { keyId } = jsonObjectOf(jsonObjectOf(entry)?.['logId']) ?? {}
    return typeof keyId === 'string' && !given.logIds.has(keyId)
  })
  const { error } = given
  const code = Error.isError(error) && 'code' in error ? error.code : undefined
  return (
    (unknownLog || code === 'CERTIFICATE_ERROR') && statedTime(material) > Date.parse(given.asOf)
  )
}

/** When the certificate says that it begins, in milliseconds; 0 without one. */
function statedTime({ certificate, x509CertificateChain }: JsonObject): number {
  const chain = jsonObjectOf(x509CertificateChain)?.['certificates']
  const leaf = jsonObjectOf(certificate ?? (Array.isArray(chain) ? chain[0] : undefined))
  const { rawBytes } = leaf ?? {}
  if (typeof rawBytes !== 'string') return 0
  try {
    return new X509Certificate(Buffer.from(rawBytes, 'base64')).validFromDate.getTime()
  } catch {
    return 0
  }
}
