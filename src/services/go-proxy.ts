import { h1OfGoMod, MAX_GO_MOD_BYTES, MAX_MODULE_BYTES } from '../formats/go-dirhash.ts'
import { isGoModulePath, isGoVersion } from '../formats/go-module.ts'
import { matchesGoPatterns } from '../formats/go-path-patterns.ts'
import type { Component, LockedFile } from '../model/component.ts'
import type { Digest } from '../model/digest.ts'
import type { Evidence } from '../model/evidence.ts'
import { ServiceError } from '../model/errors.ts'
import { checksumDatabase, type ChecksumDatabase } from './go-proxy/checksum-database.ts'
import { type HashPool, hashPool, workerScript } from './go-proxy/hash-pool.ts'
import { type GoFile, judgeRecord } from './go-proxy/judge-record.ts'
import { fileUrl, notAsked, type ProxyFinder, proxyFinder } from './go-proxy/proxies.ts'
import { type GoSettings, readGoSettings } from './go-proxy/settings.ts'
import type {
  IndexEntry,
  Registry,
  RegistryClient,
  RegistryContext,
  RemoteFile
} from './registry.ts'

/**
 * Go's module proxies and checksum database, as GOPROXY and its companions configure them.
 *
 * Files are known by their names, `<module>@<version>.zip` and `<module>@<version>/go.mod`.
 *
 * @see https://go.dev/ref/mod#module-proxy
 */
export const goProxy: Registry = {
  ecosystem: 'Go',
  connect(context) {
    const settings = readGoSettings(context.host)
    return clientOf({
      context,
      settings,
      finder: proxyFinder(context, settings.proxies),
      pool: hashPool({ ...scriptOption(), onFault: (fault) => context.host.log.debug(fault) }),
      ...(context.goChecksumDatabase && { database: databaseFor(context, settings) })
    })
  }
}

interface Parts {
  readonly context: RegistryContext
  readonly settings: GoSettings
  readonly finder: ProxyFinder
  readonly pool: HashPool
  /** Absent when it is not to be asked; nothing to ask when GOSUMDB is off. */
  readonly database?: ChecksumDatabase | 'off'
}

function clientOf(parts: Parts): RegistryClient {
  return {
    // Go has no builds for single platforms: whatever is in the build list is installed.
    selects: () => true,
    locate: (_component, file) => locate(parts, file),
    indexEntry: (_component, file) => indexEntry(parts, file),
    prove: (component, file, observed) => prove(parts, { component, file, observed }),
    close: () => parts.pool.close()
  }
}

async function locate(
  { settings, finder, pool }: Parts,
  locked: LockedFile
): Promise<RemoteFile | undefined> {
  const file = goFileOf(locked)
  if (!file) return undefined
  const { path, version } = file
  const { variable, patterns } = settings.noProxy
  if (matchesGoPatterns(patterns, path)) {
    throw notAsked(
      file,
      `${variable} names it: it is fetched from its repository, not from a proxy`
    )
  }
  const proxy = await finder.proxyFor(path, version)
  const { authorization } = proxy
  const isZip = file.kind === 'zip'
  return {
    url: fileUrl(proxy, file, file.kind),
    ...(authorization !== undefined && { authorization }),
    maxBytes: isZip ? MAX_MODULE_BYTES : MAX_GO_MOD_BYTES,
    digestsOf: isZip
      ? (bytes) => zipDigests(pool, file, bytes)
      : (bytes) => Promise.resolve([h1OfGoMod(bytes)])
  }
}

/** The database's record, which states what the bytes must hash to. */
async function indexEntry(
  { settings, database }: Parts,
  locked: LockedFile
): Promise<IndexEntry | undefined> {
  const file = goFileOf(locked)
  if (!file || database === undefined || database === 'off') return undefined
  if (matchesGoPatterns(settings.noChecksums.patterns, file.path)) return undefined
  const record = await database.recordOf(file.path, file.version)
  if (record.kind !== 'proven') {
    const { reason, source } = record
    throw new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot use the record of "${file.path}": ${reason}`,
      remedy: 'Compare with what another proxy of the checksum database answers',
      url: source,
      reason
    })
  }
  const digests = record.lines.filter((line) => line.file === file.kind).map(({ digest }) => digest)
  return { source: record.source, digests }
}

async function prove(
  { context, settings, database }: Parts,
  given: {
    readonly component: Component
    readonly file: LockedFile
    readonly observed: readonly Digest[]
  }
): Promise<readonly Evidence[]> {
  const file = goFileOf(given.file)
  if (!file || database === undefined) return []
  const { variable, patterns } = settings.noChecksums
  const record =
    database === 'off'
      ? notLookedUp('GOSUMDB is off')
      : matchesGoPatterns(patterns, file.path)
        ? notLookedUp(`${variable} names it: the checksum database is not asked for it`)
        : await database.recordOf(file.path, file.version)
  const name = typeof database === 'string' ? '' : database.name
  const { component, file: locked, observed } = given
  const judged = judgeRecord(record, { file, name, locked: locked.digests, observed })
  return [
    {
      subject: component.purl,
      kind: 'inclusion-proof',
      ...judged,
      ...(locked.name !== undefined && { file: locked.name }),
      observedAt: context.host
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z')
    }
  ]
}

function notLookedUp(reason: string): { kind: 'unavailable'; source: string; reason: string } {
  return { kind: 'unavailable', source: '', reason }
}

async function zipDigests(
  pool: HashPool,
  { path, version }: GoFile,
  bytes: Uint8Array
): Promise<readonly Digest[]> {
  try {
    return [await pool.h1(bytes, `${path}@${version}/`)]
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const { remedy, reason = '', code }: ServiceError = error
    throw new ServiceError({
      code: code === 'SERVICE_LIMIT_EXCEEDED' ? code : 'SERVICE_RESPONSE_INVALID',
      message: `Cannot hash "${path}@${version}.zip": it is no module zip: ${reason}`,
      remedy,
      reason: `it is no module zip: ${reason}`,
      cause: error
    })
  }
}

/** @returns nothing for a name that no file of a module has */
function goFileOf({ name = '' }: LockedFile): GoFile | undefined {
  const [, path = '', version = '', suffix] = /^([^@]+)@([^@]+?)(\.zip|\/go\.mod)$/.exec(name) ?? []
  if (!isGoModulePath(path) || !isGoVersion(version)) return undefined
  return { path, version, kind: suffix === '.zip' ? 'zip' : 'go.mod' }
}

function databaseFor(
  context: RegistryContext,
  { database, proxies }: GoSettings
): ChecksumDatabase | 'off' {
  return database ? checksumDatabase(context, database, proxies) : 'off'
}

function scriptOption(): { readonly script?: string } {
  const script = workerScript()
  return script === undefined ? {} : { script }
}
