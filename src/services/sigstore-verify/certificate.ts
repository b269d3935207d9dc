import type { SignedEntity } from '@sigstore/verify'

/** A certificate as the library reads it. */
export type Certificate = Extract<
  SignedEntity['key'],
  { readonly $case: 'certificate' }
>['certificate']

const OID = {
  keyUsage: '2.5.29.15',
  names: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  usages: '2.5.29.37',
  codeSigning: '1.3.6.1.5.5.7.3.3'
} as const

/** What a verifier must know or refuse, and is looked at here or by the library. */
const KNOWN: ReadonlySet<string> = new Set([
  OID.keyUsage,
  OID.names,
  OID.basicConstraints,
  OID.usages
])

/** Tags of the names that are read: an e-mail address and a URI. */
const NAME_TAGS: readonly number[] = [1, 6]

/**
 * Looks at what the library leaves out of a certificate that its authority truly issued: what it is for, and whether
 * there are two ways to read it.
 *
 * @returns what is wrong, as text
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2
 * @see https://github.com/sigstore/fulcio/blob/main/docs/certificate-specification.md
 */
export function certificateFault(certificate: Certificate): string | undefined {
  const seen = new Set<string>()
  for (const { subs } of certificate.extensions) {
    const oid = subs[0]?.toOID() ?? ''
    if (seen.has(oid)) return `its certificate has an extension twice: ${oid}`
    seen.add(oid)
    const isCritical = subs.length === 3 && subs[1]?.toBoolean() === true
    if (isCritical && !KNOWN.has(oid)) {
      return `its certificate has a critical extension that is not known: ${oid}`
    }
  }
  return usageFault(certificate) ?? nameFault(certificate)
}

function usageFault(certificate: Certificate): string | undefined {
  if (certificate.extBasicConstraints?.isCA === true) {
    return 'its certificate is one of an authority, expected one for signing'
  }
  if (certificate.extKeyUsage?.digitalSignature === false) {
    return 'its certificate is for a key that may not sign'
  }
  const usages = certificate.extension(OID.usages)?.valueObj.subs[0]?.subs ?? []
  return usages.some((usage) => usage.toOID() === OID.codeSigning)
    ? undefined
    : 'its certificate is not for signing code'
}

/** The library takes the first name of a kind, and cuts every letter of it to seven bits. */
function nameFault(certificate: Certificate): string | undefined {
  const names = certificate.extension(OID.names)?.valueObj.subs[0]?.subs ?? []
  const [name] = names
  if (name === undefined || names.length > 1) {
    return `its certificate is for ${names.length} names, expected one`
  }
  if (!NAME_TAGS.some((tag) => name.tag.isContextSpecific(tag))) {
    return 'its certificate is for neither a URI nor an e-mail address'
  }
  return name.value.every((byte) => byte > 0x20 && byte < 0x7f)
    ? undefined
    : 'its certificate is for a name with letters that such a name cannot have'
}
