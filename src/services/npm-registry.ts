import type { Component, LockedFile } from '../model/component.ts'
import { ServiceError } from '../model/errors.ts'
import { withoutSecrets } from '../model/url.ts'
import { type NpmConfig, npmConfigs } from './npm-registry/config.ts'
import { packageIndex, type VersionQuestion } from './npm-registry/packument.ts'
import { runsOn } from './npm-registry/platform.ts'
import type {
  IndexEntry,
  Registry,
  RegistryClient,
  RegistryContext,
  RemoteFile
} from './registry.ts'

/** Largest archive that is read, in bytes: the largest on the public registry are below a third of it. */
const MAX_TARBALL_BYTES = 1024 * 1024 * 1024

/** Names that keep their place in an address; everything that npm lets anybody publish, and the old ones. */
const NAME = /^(?:@[^/\\@]+\/)?[^/\\@]+$/

/** npm's registries, as `.npmrc` files and the environment configure them. */
export const npmRegistry: Registry = { ecosystem: 'npm', connect }

function connect({ host, signal }: RegistryContext): RegistryClient {
  const configOf = npmConfigs(host)
  const index = packageIndex(host.http, signal)
  const configFor = ({ location: { path } }: LockedFile): NpmConfig =>
    configOf(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
  return {
    selects: ({ platform }) => platform === undefined || runsOn(platform, host.platform),

    async locate(component, file) {
      if (isElsewhere(component)) return undefined
      const config = configFor(file)
      if (file.url !== undefined) return remoteAt(config, config.servedFrom(httpUrl(file.url)))
      const question = questionOf(component, config)
      if (question === undefined) return undefined
      const url = tarballUrl(question)
      return {
        ...remoteAt(config, url),
        async elsewhere() {
          const stated = await index.ask(question)
          if (stated?.tarball === undefined) return undefined
          const other = config.servedFrom(httpUrl(stated.tarball))
          return other.href === url.href ? undefined : remoteAt(config, other)
        }
      }
    },

    async indexEntry(component, file): Promise<IndexEntry | undefined> {
      const { origin } = component
      if (isElsewhere(component)) return undefined
      if (origin.kind === 'archive') throw withoutIndex(origin.url)
      const question = questionOf(component, configFor(file))
      const stated = question && (await index.ask(question))
      if (stated === undefined || stated.digests.length === 0) return undefined
      return { source: stated.source, digests: stated.digests }
    }
  }
}

/** In git, or in the checkout itself: no registry has these bytes. */
function isElsewhere({ origin }: Component): boolean {
  return origin.kind === 'git' || origin.kind === 'local'
}

/**
 * Whom to ask about a version, and how.
 *
 * @returns nothing for what cannot be a package's name or version
 * @throws ServiceError `SERVICE_UNREACHABLE` when the lock or the configuration names no registry that may be asked
 */
export function questionOf(component: Component, config: NpmConfig): VersionQuestion | undefined {
  const { origin, name, version } = component
  if (!NAME.test(name) || /(?:^|\/)\.{1,2}$/.test(name) || version === '') return undefined
  // The lock names the registry where it is one of the usual layout.
  const named = origin.kind === 'registry' && origin.url?.endsWith('/') === true ? origin.url : ''
  const registry = named === '' ? config.registryOf(name) : config.servedFrom(httpUrl(named))
  if (!registry.pathname.endsWith('/')) registry.pathname += '/'
  return { registry, name, version, authorization: config.authorizationFor(registry) }
}

function tarballUrl({ registry, name, version }: VersionQuestion): URL {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const path = name.split('/').map(encodeURIComponent).join('/').replace('%40', '@')
  const file = `${encodeURIComponent(base)}-${encodeURIComponent(version)}.tgz`
  return new URL(`${registry.href}${path}/-/${file}`)
}

function remoteAt(config: NpmConfig, url: URL): RemoteFile {
  const authorization = config.authorizationFor(url)
  return {
    url: url.href,
    maxBytes: MAX_TARBALL_BYTES,
    ...(authorization !== undefined && { authorization })
  }
}

/** An address out of a lock or an answer, without what is not sent: credentials and fragment. */
function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const place = withoutSecrets(text).slice(0, 200)
    throw new ServiceError({
      code: 'SERVICE_UNREACHABLE',
      message: `Cannot fetch "${place}": it is no http or https address`,
      reason: 'the lock names an address that is not of the web',
      remedy: 'Have npm lock the dependency again: `npm install --package-lock-only`'
    })
  }
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

function withoutIndex(url: string): ServiceError {
  const place = withoutSecrets(url)
  return new ServiceError({
    code: 'SERVICE_UNREACHABLE',
    message: `Cannot look up "${place}": it is on no registry, so that no index states its digest`,
    reason: 'it is on no registry, and only its bytes can be compared',
    url: place,
    remedy: 'Compare the bytes with `--integrity all`'
  })
}
