import type { Component, LockedFile } from '../model/component.ts'
import { ServiceError } from '../model/errors.ts'
import type { Evidence } from '../model/evidence.ts'
import { withoutSecrets } from '../model/url.ts'
import { installChoice } from './pypi-index/choice.ts'
import type { IndexConfig } from './pypi-index/config.ts'
import { indexLookup, type Lookup } from './pypi-index/lookup.ts'
import { entryOn, fileOn, type Statement, statementOn } from './pypi-index/statement.ts'
import { targetsOf } from './pypi-index/target.ts'
import type { Registry, RegistryClient, RegistryContext, RemoteFile } from './registry.ts'

/** Largest file that is read, in bytes: wheels with libraries for GPUs have three gigabytes. */
const MAX_FILE_BYTES = 8 * 1024 * 1024 * 1024

/** Python's package indexes, as pip, uv, Poetry, PDM and Pipenv configure them. */
export const pypiIndex: Registry = { ecosystem: 'PyPI', connect }

function connect(context: RegistryContext): RegistryClient {
  const { host } = context
  const lookup = indexLookup(context)
  return {
    selects: installChoice(lookup, targetsOf(host)),

    locate(component, file) {
      return isElsewhere(component) ? Promise.resolve(undefined) : locate(lookup, component, file)
    },

    async indexEntry(component, file) {
      const { origin } = component
      if (isElsewhere(component)) return undefined
      if (origin.kind === 'archive') throw withoutIndex(origin.url)
      return lookup.find(component, file, (page) => entryOn(page, file, component))
    },

    /** What the index says of a file whose address the lock gives: nothing else has asked it then. */
    async prove(component, file) {
      if (component.origin.kind !== 'registry' || file.url === undefined) return []
      const statement = await lookup.find(component, file, (page) => statementOn(page, file))
      return statement ? [evidenceOf(component, file, { ...statement, at: host.now() })] : []
    }
  }
}

/** In a repository, or in the checkout itself: no index has these bytes. */
function isElsewhere({ origin }: Component): boolean {
  return origin.kind === 'git' || origin.kind === 'local'
}

async function locate(
  lookup: Lookup,
  component: Component,
  file: LockedFile
): Promise<RemoteFile | undefined> {
  const config = lookup.configOf(file.location.path)
  const listed = async (): Promise<URL | undefined> => {
    if (component.origin.kind === 'archive') return undefined
    const found = await lookup.find(component, file, (page) => fileOn(page, file))
    return found && httpUrl(found.url)
  }
  if (file.url === undefined) {
    const url = await listed()
    return url && remoteAt(config, url)
  }
  const url = httpUrl(file.url)
  return {
    ...remoteAt(config, url),
    async elsewhere() {
      const other = await listed()
      return other === undefined || other.href === url.href ? undefined : remoteAt(config, other)
    }
  }
}

function remoteAt(config: IndexConfig, url: URL): RemoteFile {
  const authorization = config.authorizationFor(url)
  return {
    url: url.href,
    maxBytes: MAX_FILE_BYTES,
    ...(authorization !== undefined && { authorization })
  }
}

function evidenceOf(
  { purl }: Component,
  { name }: LockedFile,
  { at, ...statement }: Statement & { readonly at: Date }
): Evidence {
  return {
    subject: purl,
    kind: 'index-digest',
    ...statement,
    ...(name !== undefined && { file: name }),
    observedAt: at.toISOString().replace(/\.\d+Z$/, 'Z')
  }
}

/** An address out of a lock or an index, without what is not sent: credentials and fragment. */
function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    const place = withoutSecrets(text).slice(0, 200)
    throw new ServiceError({
      code: 'SERVICE_UNREACHABLE',
      message: `Cannot fetch "${place}": it is no http or https address`,
      reason: 'the lock names an address that is not of the web',
      remedy: 'Lock the dependency again with its package manager'
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
    message: `Cannot look up "${place}": it is on no index that states its digest`,
    reason: 'it is on no index, and only its bytes can be compared',
    url: place,
    remedy: 'Compare the bytes with `--integrity all`'
  })
}
