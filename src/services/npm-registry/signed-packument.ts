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
 * Asks for the manifest of a version, which is small. Where it is not signed, or the registry has no manifests,
 * the document of the package is asked, once: it shows whether other versions are.
 *
 * @returns a function that throws a ServiceError, and returns nothing when the registry knows no such version
 * @see https://docs.npmjs.com/about-registry-signatures
 */
export function signedPackuments(
  askJson: AskJson
): (question: VersionQuestion) => Promise<SignedVersion | undefined> {
  const once = memory()
  return async ({ registry, name, version, authorization }) => {
    const url = `${registry.href}${name.replace('/', '%2f')}`
    const single = `${url}/${encodeURIComponent(version)}`
    const one = await once(`${single}\n${authorization ?? ''}`, async () => {
      const manifest = await manifestAt(askJson, single, authorization)
      return manifest && packumentOf(single, { versions: { [version]: manifest } })
    })
    const signed = one && versionIn(one, version)
    if (signed !== undefined && signed.signatures.length > 0) return signed
    try {
      const all = await once(`${url}\n${authorization ?? ''}`, async () => {
        const document = await askJson(url, { authorization, maxBytes: MAX_PACKUMENT_BYTES })
        return document && packumentOf(url, document)
      })
      return (all && versionIn(all, version)) ?? signed
    } catch (error) {
      if (signed !== undefined && isTooLong(error)) return signed
      throw error
    }
  }
}

type Remember = (
  key: string,
  ask: () => Promise<SignedPackument | undefined>
) => Promise<SignedPackument | undefined>

function memory(): Remember {
  const known = new Map<string, Promise<SignedPackument | undefined>>()
  return (key, ask) => {
    const answer = known.get(key) ?? ask()
    known.set(key, answer)
    return answer
  }
}

/** Nothing where the registry has none, or does not know such addresses. */
async function manifestAt(
  askJson: AskJson,
  url: string,
  authorization: string | undefined
): Promise<JsonObject | undefined> {
  try {
    return await askJson(url, { authorization, maxBytes: MAX_VERSION_BYTES })
  } catch (error) {
    const refused =
      error instanceof ServiceError &&
      (error.code === 'SERVICE_STATUS' || error.code === 'SERVICE_RESPONSE_INVALID')
    if (refused) return undefined
    throw error
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'SERVICE_LIMIT_EXCEEDED'
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
