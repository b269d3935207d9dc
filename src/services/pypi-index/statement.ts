import { isDistributionName } from '../../formats/python/distribution.ts'
import type { IndexFile } from '../../formats/python/simple-index.ts'
import type { Component, LockedFile } from '../../model/component.ts'
import { renderDigest, strongestOf } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { IndexEntry } from '../registry.ts'
import type { IndexPage } from './pages.ts'

/** The file of this name, or of this digest where the lock has no name. */
export function fileOn(page: IndexPage, { name, digests }: LockedFile): IndexFile | undefined {
  return name === undefined ? page.withDigest(digests) : page.named(name)
}

/**
 * What a page states about a file. Of a bare hash that the page does not have, all hashes of the version: the
 * locked one is none of them, and would let in a file that the index has never had.
 */
export function entryOn(
  page: IndexPage,
  file: LockedFile,
  { name, version }: Pick<Component, 'name' | 'version'>
): IndexEntry | undefined {
  const found = fileOn(page, file)
  const files = found ? [found] : file.name === undefined ? page.ofVersion(name, version) : []
  const digests = files.flatMap((each) => each.digests)
  if (digests.length === 0) return undefined
  const isYanked = files.every(({ yanked }) => yanked)
  return { source: page.source, digests, ...(isYanked && { withdrawn: true }) }
}

/** An observation on an index page. */
export type Statement = Pick<Evidence, 'outcome' | 'source' | 'detail' | 'observed'>

/**
 * Whether the index that a lock names agrees with the address that the lock names for a file: a digest may well
 * fit bytes on another server, and yet be of none that the index has.
 *
 * @returns nothing when the page cannot tell
 */
export function statementOn(page: IndexPage, file: LockedFile): Statement | undefined {
  const found = fileOn(page, file)
  if (!found) return missingOn(page, file)
  const algorithms = new Set(found.digests.map(({ algorithm }) => algorithm))
  const locked = strongestOf(file.digests.filter(({ algorithm }) => algorithms.has(algorithm)))
  const observed = found.digests.find(({ algorithm }) => algorithm === locked[0]?.algorithm)
  if (!observed) return undefined
  const { source } = page
  const stated = `the index states ${renderDigest(observed)}`
  if (locked.some(({ hex }) => hex === observed.hex)) {
    return { outcome: 'verified', source, observed, detail: `${stated}, as is locked` }
  }
  const promised = locked.map(renderDigest).join(' or ')
  return { outcome: 'contradicted', source, observed, detail: `${stated}, the lock ${promised}` }
}

/** Where the index keeps its other files, it may have had this one too. */
function missingOn(page: IndexPage, { name, url = '' }: LockedFile): Statement | undefined {
  if (name === undefined || !isDistributionName(name)) return undefined
  const host = hostOf(url)
  const { source } = page
  const detail = `the index does not list "${name}"`
  if (page.files.some((file) => hostOf(file.url) === host)) {
    return {
      outcome: 'unavailable',
      source,
      detail: `${detail}: its publisher may have deleted it`
    }
  }
  const elsewhere = `none of its files lies at ${host}, where the lock has this one`
  return { outcome: 'contradicted', source, detail: `${detail}, and ${elsewhere}` }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
