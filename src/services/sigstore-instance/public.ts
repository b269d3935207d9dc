import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { SigningConfig, SigningService } from '../../formats/signing-config.ts'
import type { RekorVersion } from '../../model/settings.ts'
import {
  PUBLIC_SIGSTORE,
  PUBLIC_SIGSTORE_DOMAINS,
  TRUSTED_ROOT_TARGET
} from '../registry-defaults.ts'
import { sigstoreSeed } from '../sigstore-seed.ts'
import type { ChosenServices } from './services.ts'

/** The signing configuration that Assay carries: Sigstore's TUF repository has it, and the seed of it has not. */
export function embeddedSigningConfig(rekor: RekorVersion): SigningConfig {
  const { fulcio, rekorV1, rekorV2, timestamp } = PUBLIC_SIGSTORE
  return {
    authorities: [service(fulcio, 1)],
    logs: [rekor === '2' ? service(rekorV2, 2) : service(rekorV1, 1)],
    logSelector: { kind: 'any' },
    timestampAuthorities: [service(timestamp, 1)],
    timestampSelector: { kind: 'any' }
  }
}

function service(url: string, majorApiVersion: number): SigningService {
  return { url, majorApiVersion, from: 0, until: Infinity, operator: '' }
}

/**
 * Whether what is signed leaves names in logs that anybody can read: by the addresses of the services, and by their
 * keys, which an address of its own in front of them does not change.
 */
export async function isPublicInstance(
  trustedRoot: unknown,
  { fulcioUrl, rekor, further }: ChosenServices
): Promise<boolean> {
  const urls = [fulcioUrl, rekor?.url, ...(further?.rekor ?? []).map(({ url }) => url)]
  const used = urls.filter((url) => url !== undefined)
  if (used.some(isPublicAddress)) return true
  if (used.length === 0) return false
  const seed = await sigstoreSeed()
  const known = new Set(authoritiesOf(seed.target(TRUSTED_ROOT_TARGET)).flatMap(({ keys }) => keys))
  const own = authoritiesOf(trustedRoot)
  return used.some((url) => {
    // A root may have the public-good instance beside the private one, for verifying.
    const named = own.filter((authority) => hostOf(authority.url) === hostOf(url))
    return (named.length > 0 ? named : own).some(({ keys }) => keys.some((key) => known.has(key)))
  })
}

function isPublicAddress(url: string): boolean {
  const { hostname } = new URL(url)
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return PUBLIC_SIGSTORE_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? ''
}

interface Authority {
  readonly url: string
  /** Certificates of an authority, the key of a log: base64, as they stand there. */
  readonly keys: readonly string[]
}

/** Certificate authorities and logs of a trusted root. */
function authoritiesOf(trustedRoot: unknown): readonly Authority[] {
  const root = jsonObjectOf(trustedRoot) ?? {}
  const logs = listIn(root, 'tlogs').map((log) => ({
    url: textIn(log, 'baseUrl'),
    keys: [textIn(jsonObjectOf(log['publicKey']) ?? {}, 'rawBytes')]
  }))
  const authorities = listIn(root, 'certificateAuthorities').map((authority) => ({
    url: textIn(authority, 'uri'),
    keys: listIn(jsonObjectOf(authority['certChain']) ?? {}, 'certificates').map((certificate) =>
      textIn(certificate, 'rawBytes')
    )
  }))
  return [...logs, ...authorities]
}

function listIn(object: JsonObject, name: string): readonly JsonObject[] {
  const list: unknown = object[name]
  if (!Array.isArray(list)) return []
  return list.map(jsonObjectOf).filter((item) => item !== undefined)
}

function textIn(object: JsonObject, name: string): string {
  const value = object[name]
  return typeof value === 'string' ? value : ''
}
