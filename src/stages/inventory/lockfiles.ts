import type { Ecosystem, Extraction, ReadSibling } from '../../ecosystems/ecosystem.ts'
import {
  byPurl,
  type Component,
  type Gap,
  type Lockfile,
  mergeByPurl
} from '../../model/component.ts'
import { ParseError } from '../../model/errors.ts'
import type { Purl } from '../../model/purl.ts'
import { isFixture } from './fixtures.ts'

/** Files of one tree: the checkout's, or the base commit's. */
export interface Tree {
  /** Of all files, sorted. */
  readonly paths: readonly string[]
  readonly read: ReadSibling
  /** Whose lockfiles are looked for. */
  readonly ecosystems: readonly Ecosystem[]
}

/** A lockfile that was found, and the way to read it. */
export interface Candidate {
  readonly path: string
  readonly format: string
  readonly ecosystem: string
  readonly fixture: boolean
  /** @throws ParseError when the file is not in its format */
  extract(): Extraction
}

/** What one lockfile holds. */
export interface Extracted {
  readonly candidate: Candidate
  readonly extraction: Extraction
}

/** Every lockfile of a tree, by ecosystem, then path. Files are recognised by name before any is opened. */
export function lockfilesIn({ paths, read, ecosystems }: Tree): readonly Candidate[] {
  return ecosystems.flatMap((ecosystem) => {
    const named = paths.filter((path) => ecosystem.recognises(baseName(path)))
    const candidate = (path: string, extract: Candidate['extract']): Candidate => ({
      path,
      format: ecosystem.id,
      ecosystem: ecosystem.ecosystem,
      fixture: isFixture(path),
      extract
    })
    const { entries, failure } = entryPointsOf(ecosystem, named, read)
    const failed = failure && candidate(named[0] ?? '.', failure)
    const found = entries.map((path) =>
      candidate(path, () => ecosystem.extract(read(path) ?? { path, text: '' }, read))
    )
    return failed ? [...found, failed] : found
  })
}

interface EntryPoints {
  readonly entries: readonly string[]
  /** Throws what it threw. */
  readonly failure?: () => never
}

/** What fails here must not hide any file: each is read by itself then, and a damaged one says so itself. */
function entryPointsOf(
  ecosystem: Ecosystem,
  named: readonly string[],
  read: ReadSibling
): EntryPoints {
  try {
    return { entries: ecosystem.entryPoints?.(named, read) ?? named }
  } catch (error) {
    if (error instanceof ParseError) return { entries: named }
    const failure = (): never => {
      throw error
    }
    return { entries: named, failure }
  }
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A reader that also tells which files lie below a folder. */
export function readerOf(
  paths: readonly string[],
  readText: (path: string) => string | undefined
): ReadSibling {
  const read: ReadSibling = (path) => {
    const text = readText(path)
    return text === undefined ? undefined : { path, text }
  }
  return Object.assign(read, { below: (folder: string) => pathsBelow(paths, folder) })
}

/** The paths are sorted, so that those below a folder are neighbours. */
function pathsBelow(paths: readonly string[], folder: string): readonly string[] {
  if (folder === '') return paths
  // The character after `/` is `0`.
  return paths.slice(firstFrom(paths, `${folder}/`), firstFrom(paths, `${folder}0`))
}

function firstFrom(sorted: readonly string[], wanted: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** What is in a tree, out of what its lockfiles hold. */
export interface Merged {
  readonly components: readonly Component[]
  readonly lockfiles: readonly Lockfile[]
  readonly gaps: readonly Gap[]
}

/**
 * Puts together what lockfiles hold. What test data says of a component that the project itself locks is left
 * out: it must not add digests, places or edges to a real dependency.
 */
export function mergeExtractions(found: readonly Extracted[]): Merged {
  const real = componentsOf(found.filter(({ candidate }) => !candidate.fixture))
  const data = componentsOf(found.filter(({ candidate }) => candidate.fixture))
  const fixtures = [...data.values()]
    .filter(({ purl }) => !real.has(purl))
    .map((component): Component => ({ ...component, fixture: true }))
  return {
    components: [...real.values(), ...fixtures].sort(byPurl),
    lockfiles: found.map(lockfileOf).sort(byPathThenFormat),
    gaps: found.flatMap(({ extraction }) => extraction.gaps).sort(byPlace)
  }
}

function componentsOf(found: readonly Extracted[]): ReadonlyMap<Purl, Component> {
  return mergeByPurl(found.flatMap(({ extraction }) => extraction.components))
}

function lockfileOf({ candidate, extraction }: Extracted): Lockfile {
  const { path, format, ecosystem, fixture } = candidate
  return {
    path,
    format,
    ecosystem,
    fixture,
    direct: extraction.direct,
    components: extraction.components.map((component) => component.purl)
  }
}

function byPathThenFormat(a: Lockfile, b: Lockfile): number {
  return compare(a.path, b.path) || compare(a.format, b.format)
}

/** The sort is stable: gaps of one line stay as their lockfile lists them. */
function byPlace(a: Gap, b: Gap): number {
  return (
    compare(a.location.path, b.location.path) || (a.location.line ?? 0) - (b.location.line ?? 0)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
