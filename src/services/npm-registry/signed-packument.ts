import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { ServiceError } from '../../model/errors.ts'
import { type AskJson, MAX_PACKUMENT_BYTES, MAX_VERSION_BYTES } from './answers.ts'
import type { VersionQuestion } from './packument.ts'

/** One signature of a registry over a version. */
export interface RegistrySignature {
  readonly keyId: string
  /** DER. */
  readonly bytes: Uint8Array
}

/** What a package's document says of who signed one version. */
export interface SignedVersion {
  /** Where it was said. */
  readonly source: string
  readonly signatures: readonly RegistrySignature[]
  /** The document says that there are attestations. */
  readonly attested: boolean
  /** When it was published, as the registry says it. Nobody signed that. */
  readonly publishedAt?: string
  /** Whether any version in the document is signed, or attested. */
  readonly anySigned: boolean
  readonly anyAttested: boolean
}

/** Most signatures of one version that are looked at: npm gives one for each of its keys. */
const MAX_SIGNATURES = 20

interface SignedPackument extends Pick<SignedVersion, 'anySigned' | 'anyAttested'> {
  readonly source: string
  readonly versions: ReadonlyMap<string, Pick<SignedVersion, 'signatures' | 'attested'>>
  readonly times: JsonObject
}

/**
 * Asks for each package's document once, for what is signed.
 *
 * @returns a function that throws a ServiceError, and returns nothing when the registry knows no such version
 * @see https://docs.npmjs.com/about-registry-signatures
 */
export function signedPackuments(
  askJson: AskJson
): (question: VersionQuestion) => Promise<SignedVersion | undefined> {
  const known = new Map<string, Promise<SignedPackument | undefined>>()
  const whole = async (
    url: string,
    authorization: string | undefined
  ): Promise<SignedPackument | undefined> => {
    const document = await askJson(url, { authorization, maxBytes: MAX_PACKUMENT_BYTES })
    return document && packumentOf(url, document)
  }
  return async ({ registry, name, version, authorization }) => {
    const url = `${registry.href}${name.replace('/', '%2f')}`
    const key = `${url}\n${authorization ?? ''}`
    const document = known.get(key) ?? whole(url, authorization)
    known.set(key, document)
    try {
      const packument = await document
      return packument && versionIn(packument, version)
    } catch (error) {
      const tooLong = error instanceof ServiceError && error.code === 'SERVICE_LIMIT_EXCEEDED'
      if (!tooLong) throw error
    }
    const single = `${url}/${encodeURIComponent(version)}`
    const manifest = await askJson(single, { authorization, maxBytes: MAX_VERSION_BYTES })
    return (
      manifest && versionIn(packumentOf(single, { versions: { [version]: manifest } }), version)
    )
  }
}

function packumentOf(source: string, document: JsonObject): SignedPackument {
  const versions = new Map<string, Pick<SignedVersion, 'signatures' | 'attested'>>()
  for (const [version, manifest] of Object.entries(jsonObjectOf(document['versions']) ?? {})) {
    const dist = jsonObjectOf(jsonObjectOf(manifest)?.['dist']) ?? {}
    const attested = jsonObjectOf(dist['attestations']) !== undefined
    versions.set(version, { signatures: signaturesIn(dist['signatures']), attested })
  }
  const all = [...versions.values()]
  return {
    source,
    versions,
    anySigned: all.some(({ signatures }) => signatures.length > 0),
    anyAttested: all.some(({ attested }) => attested),
    times: jsonObjectOf(document['time']) ?? {}
  }
}

function versionIn(packument: SignedPackument, version: string): SignedVersion | undefined {
  const { source, versions, times, anySigned, anyAttested } = packument
  const found = versions.get(version)
  const time = Object.hasOwn(times, version) ? times[version] : undefined
  return (
    found && {
      ...found,
      source,
      anySigned,
      anyAttested,
      ...(typeof time === 'string' && Number.isFinite(Date.parse(time)) && { publishedAt: time })
    }
  )
}

/** A damaged entry is kept, as a signature that does not hold: it must not pass for the lack of one. */
function signaturesIn(value: unknown): readonly RegistrySignature[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, MAX_SIGNATURES).map((entry) => {
    const { keyid, sig } = jsonObjectOf(entry) ?? {}
    return {
      keyId: typeof keyid === 'string' ? keyid : '',
      bytes: Buffer.from(typeof sig === 'string' ? sig : '', 'base64')
    }
  })
}
