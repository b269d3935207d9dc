import type { Component, LockedFile } from '../../model/component.ts'
import { ServiceError } from '../../model/errors.ts'
import type { RegistryContext } from '../registry.ts'
import { type IndexConfig, indexConfigs } from './config.ts'
import { type IndexPage, indexPages } from './pages.ts'
import { addressOf } from './source.ts'

/** Most indexes that are asked for one file: a checkout may name as many as it likes. */
const MAX_INDEXES = 16

/** Finds files on the indexes that are configured for their lock. */
export interface Lookup {
  readonly configOf: (lockfile: string) => IndexConfig
  /**
   * Asks the indexes that may have a component's files, one after the other.
   *
   * @returns what `find` gives for the first page that it gives something for
   * @throws ServiceError when nothing was found, and an index could not be asked
   */
  find<Found>(
    component: Component,
    file: LockedFile,
    find: (page: IndexPage) => Found | undefined
  ): Promise<Found | undefined>
}

export function indexLookup({
  host,
  signal,
  lockfiles
}: Pick<RegistryContext, 'host' | 'signal' | 'lockfiles'>): Lookup {
  const configOf = indexConfigs(host, lockfiles)
  const pages = indexPages(host.http, signal)
  return {
    configOf,
    async find(component, file, find) {
      const config = configOf(file.location.path)
      const failures: unknown[] = []
      for (const [at, source] of config.sourcesFor(component).entries()) {
        try {
          if (at === MAX_INDEXES) throw tooMany(source.where)
          if (at > MAX_INDEXES) break
          const address = addressOf(source, config.env)
          const authorization = config.authorizationFor(address.url)
          const page = await pages.ask({ address, project: component.name, authorization })
          const found = page && find(page)
          if (found !== undefined) return found
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
      return undefined
    }
  }
}

function tooMany(where: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_LIMIT_EXCEEDED',
    message: `Cannot ask all indexes: "${where}" and others name more than ${MAX_INDEXES}`,
    reason: `more than ${MAX_INDEXES} indexes are configured`,
    remedy: 'Leave only those indexes that have the packages'
  })
}
