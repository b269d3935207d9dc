import { type JsonObject, jsonKindOf, jsonObjectOf } from './json.ts'

/** Which services a deployment of Sigstore signs with. */
export interface SigningConfig {
  readonly authorities: readonly SigningService[]
  readonly logs: readonly SigningService[]
  readonly logSelector: ServiceSelector
  readonly timestampAuthorities: readonly SigningService[]
  readonly timestampSelector: ServiceSelector
}

export interface SigningService {
  /** Without a trailing slash. */
  readonly url: string
  readonly majorApiVersion: number
  /** Milliseconds since 1970; a start may lie in the future. */
  readonly from: number
  readonly until: number
  /** Of services of one operator only one is chosen. */
  readonly operator: string
}

/** How many of the services a signer must use. */
export type ServiceSelector =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'exact'; readonly count: number }

const MEDIA_TYPE = 'application/vnd.dev.sigstore.signingconfig.v0.2+json'

/** Most services of one kind that are read. */
const MAX_SERVICES = 32

/** Most of one kind that a signature enters: verifiers take only so many. */
const MAX_CHOSEN = 4

/**
 * Reads a signing configuration.
 *
 * @param value parsed JSON
 * @returns what is wrong with it, as text: `found …, expected …`
 * @see https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_trustroot.proto
 */
export function signingConfigOf(value: unknown): SigningConfig | string {
  const object = jsonObjectOf(value)
  if (object === undefined) return `found ${jsonKindOf(value)}, expected an object`
  const { mediaType } = object
  if (mediaType !== MEDIA_TYPE) {
    const found = typeof mediaType === 'string' ? `"${mediaType.slice(0, 100)}"` : 'none'
    return `found the media type ${found}, expected "${MEDIA_TYPE}"`
  }
  const authorities = servicesOf(object, 'caUrls')
  const logs = servicesOf(object, 'rekorTlogUrls')
  const timestampAuthorities = servicesOf(object, 'tsaUrls')
  const logSelector = selectorOf(object, 'rekorTlogConfig')
  const timestampSelector = selectorOf(object, 'tsaConfig')
  if (typeof authorities === 'string') return authorities
  if (typeof logs === 'string') return logs
  if (typeof timestampAuthorities === 'string') return timestampAuthorities
  if (typeof logSelector === 'string') return logSelector
  if (typeof timestampSelector === 'string') return timestampSelector
  return { authorities, logs, logSelector, timestampAuthorities, timestampSelector }
}

function servicesOf(object: JsonObject, name: string): readonly SigningService[] | string {
  const list = object[name] ?? []
  if (!Array.isArray(list)) return `found ${jsonKindOf(list)} as "${name}", expected a list`
  if (list.length > MAX_SERVICES) {
    return `found ${list.length} services in "${name}", expected at most ${MAX_SERVICES}`
  }
  const services: SigningService[] = []
  for (const [index, item] of list.entries()) {
    const service = serviceOf(item)
    if (typeof service === 'string') return `${service} in "${name}[${index}]"`
    services.push(service)
  }
  return services
}

function serviceOf(value: unknown): SigningService | string {
  const { url, majorApiVersion = 0, validFor, operator = '' } = jsonObjectOf(value) ?? {}
  if (typeof url !== 'string' || !isWebAddress(url)) {
    return 'found no address, expected an http or https URL as "url"'
  }
  if (typeof majorApiVersion !== 'number' || !Number.isInteger(majorApiVersion)) {
    return `found ${jsonKindOf(majorApiVersion)} as "majorApiVersion", expected a whole number`
  }
  if (typeof operator !== 'string') {
    return `found ${jsonKindOf(operator)} as "operator", expected a string`
  }
  // Without a start nobody vouches for it at any time.
  const { start, end } = jsonObjectOf(validFor) ?? {}
  const from = timeOf(start)
  const until = end === undefined ? Infinity : timeOf(end)
  if (Number.isNaN(from) || Number.isNaN(until)) {
    return 'found no time, expected "validFor" with a start'
  }
  return { url: url.replace(/\/+$/, ''), majorApiVersion, from, until, operator }
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username + url.password + url.search + url.hash === ''
  )
}

function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : NaN
}

function selectorOf(object: JsonObject, name: string): ServiceSelector | string {
  const config = jsonObjectOf(object[name] ?? {})
  const { selector = 'ANY', count } = config ?? {}
  if (selector === 'ANY') return { kind: 'any' }
  if (selector === 'ALL') return { kind: 'all' }
  if (selector !== 'EXACT') {
    const found = typeof selector === 'string' ? `"${selector.slice(0, 40)}"` : jsonKindOf(selector)
    return `found the selector ${found} in "${name}", expected ANY, ALL or EXACT`
  }
  const most = typeof count === 'number' && Number.isInteger(count) && count > 0
  return most
    ? { kind: 'exact', count }
    : `found no count beside EXACT in "${name}", expected a number above 0`
}

/**
 * Chooses services: of the newest version that we speak, valid now, the newest first, one of each operator, and as
 * many as the selector says.
 *
 * @param versions major API versions that we speak
 * @param now milliseconds since 1970
 * @returns an empty list when none fits; a text when fewer fit than the selector demands
 */
export function chooseServices(
  services: readonly SigningService[],
  wanted: {
    readonly selector: ServiceSelector
    readonly versions: readonly number[]
    readonly now: number
  }
): readonly SigningService[] | string {
  const { selector, versions, now } = wanted
  const fitting = services
    .filter(({ from, until }) => from <= now && now <= until)
    .filter(({ majorApiVersion }) => versions.includes(majorApiVersion))
    .toSorted((a, b) => b.majorApiVersion - a.majorApiVersion || b.from - a.from)
  const operators = new Set<string>()
  const chosen = fitting.filter(({ operator }) => {
    const first = !operators.has(operator)
    operators.add(operator)
    return first
  })
  if (selector.kind === 'any') return chosen.slice(0, 1)
  const count = selector.kind === 'exact' ? selector.count : chosen.length
  if (count > MAX_CHOSEN) return `${count} services are asked for, expected at most ${MAX_CHOSEN}`
  if (count > chosen.length) {
    return `${count} services of different operators are asked for, and ${chosen.length} can be used now`
  }
  return chosen.slice(0, count)
}
