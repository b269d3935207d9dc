import type { Host } from '../host/host.ts'
import { messageOf, ServiceError } from '../model/errors.ts'
import { NPM_KEYS_TARGET, TRUSTED_ROOT_TARGET } from './registry-defaults.ts'
import { sigstoreSeed } from './sigstore-seed.ts'
import { type TufSource, tufTargets } from './sigstore-tuf.ts'

/** Keys and authorities that are known beforehand. */
export interface SigstoreTargets {
  /** When they were the newest there were, ISO 8601 date. */
  readonly asOf: string
  /** Why they are those that came with Assay; absent when they were asked for in this run. */
  readonly frozen?: string
  /** JSON of a target, by its path in Sigstore's TUF repository. */
  target(path: string): unknown
}

/** Longest time, in milliseconds, that is spent on newer material. */
const REFRESH_MS = 10_000

/** All that signatures of dependencies are held to. */
const TARGETS = [TRUSTED_ROOT_TARGET, NPM_KEYS_TARGET]

/**
 * The newest trust material of Sigstore's public-good instance: from its TUF repository, else what came with
 * Assay. A repository that cannot be reached, or serves anything that does not verify, changes nothing.
 */
export async function sigstoreTargets(
  { http, now, log }: Pick<Host, 'http' | 'now' | 'log'>,
  signal: AbortSignal
): Promise<SigstoreTargets> {
  const seed = await sigstoreSeed()
  const source: TufSource = {
    http,
    repository: seed.repository,
    root: seed.root,
    now: now(),
    signal: AbortSignal.any([signal, AbortSignal.timeout(REFRESH_MS)])
  }
  try {
    const found = await tufTargets(source, TARGETS)
    return { asOf: now().toISOString().slice(0, 10), target: (path) => found.get(path) }
  } catch (error) {
    log.debug(`Sigstore's TUF repository: ${messageOf(error)}`)
    const reason =
      error instanceof ServiceError ? (error.reason ?? error.message) : messageOf(error)
    const host = new URL(seed.repository).host
    return { asOf: seed.takenAt, frozen: `${host}: ${reason}`, target: (path) => seed.target(path) }
  }
}
