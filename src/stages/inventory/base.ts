import type { Ecosystem, Extraction } from '../../ecosystems/ecosystem.ts'
import { patternFor, type PathPattern } from '../../policy/path-pattern.ts'
import type { BaseFiles } from '../../services/base-files.ts'
import type { BaseInventory } from '../stage.ts'
import { baseName, type Extracted, lockfilesIn, mergeExtractions, readerOf } from './lockfiles.ts'
import { MAX_LOCKFILE_BYTES } from './tree.ts'

/** How often files that lockfiles refer to are fetched: a requirements file includes another one, and so on. */
const MAX_ROUNDS = 10

/** What the base commit's lockfiles hold, and what could not be read of them. */
export interface BaseResult {
  readonly inventory: BaseInventory
  /** Paths of lockfiles that are in no format we read: what they lock counts as changed. */
  readonly unreadable: readonly string[]
  /** The list of files was cut. */
  readonly truncated: boolean
}

/** What is looked for in the base commit. */
export interface BaseScope {
  /** Paths to leave out. */
  readonly patterns: readonly PathPattern[]
  /** Lockfiles of the checkout: asked for even where the list of the base's files is cut. */
  readonly known: readonly string[]
  readonly ecosystems: readonly Ecosystem[]
}

/**
 * Reads the lockfiles of the base commit, with the same code as those of the checkout.
 *
 * @throws ServiceError when the base cannot be read
 */
export async function readBase(
  base: BaseFiles,
  { patterns, known, ecosystems }: BaseScope
): Promise<BaseResult> {
  const { paths: all, truncated } = await base.list()
  const listed = all.filter((path) => isWalked(path) && patternFor(path, patterns) === undefined)
  const extra = truncated ? known.filter((path) => !listed.includes(path)) : []
  const loader = loaderOf(base, [...listed, ...extra].sort())
  await loader.load([...listed, ...extra].filter((path) => isLockfile(path, ecosystems)))
  const { found, unreadable } = await extractWith(loader, ecosystems)
  const merged = mergeExtractions(found.filter(({ candidate }) => !candidate.fixture))
  return {
    inventory: { commit: base.commit, components: merged.components, lockfiles: merged.lockfiles },
    unreadable,
    truncated
  }
}

/** As the walk of the checkout leaves it out. */
function isWalked(path: string): boolean {
  return !`/${path}`.includes('/node_modules/')
}

function isLockfile(path: string, ecosystems: readonly Ecosystem[]): boolean {
  return ecosystems.some((ecosystem) => ecosystem.recognises(baseName(path)))
}

interface Loader {
  readonly paths: readonly string[]
  load(paths: readonly string[]): Promise<void>
  /** Text of what is loaded. What is not, and exists, is noted. */
  text(path: string): string | undefined
  /** What was asked for and not loaded; empties the list. */
  takeMissing(): readonly string[]
}

/** Extractors read at once, git and GitHub answer later: what is missing is fetched, and asked for again. */
function loaderOf(base: BaseFiles, paths: readonly string[]): Loader {
  const texts = new Map<string, string>()
  const known = new Set(paths)
  const missing = new Set<string>()
  let left = MAX_LOCKFILE_BYTES * 2
  return {
    paths,
    async load(wanted) {
      for (const path of wanted) known.delete(path)
      for (const [path, text] of await base.readTexts(wanted, left)) {
        texts.set(path, text)
        left -= text.length
      }
    },
    text(path) {
      if (known.has(path)) missing.add(path)
      return texts.get(path)
    },
    takeMissing() {
      const taken = [...missing]
      missing.clear()
      return taken
    }
  }
}

interface Attempt {
  readonly found: readonly Extracted[]
  readonly unreadable: readonly string[]
}

async function extractWith(loader: Loader, ecosystems: readonly Ecosystem[]): Promise<Attempt> {
  const read = readerOf(loader.paths, (path) => loader.text(path))
  const final = new Map<string, Extraction | undefined>()
  for (let round = 1; ; round++) {
    const found: Extracted[] = []
    const unreadable: string[] = []
    const missing = new Set<string>()
    const note = (): boolean => {
      const asked = loader.takeMissing()
      for (const path of asked) missing.add(path)
      return asked.length === 0
    }
    const candidates = lockfilesIn({ paths: loader.paths, read, ecosystems })
    note()
    for (const candidate of candidates) {
      const key = `${candidate.format}\n${candidate.path}`
      const extraction = final.has(key) ? final.get(key) : extractionOf(candidate.extract)
      // What asked for nothing more would say the same again.
      if (note()) final.set(key, extraction)
      if (extraction) found.push({ candidate, extraction })
      else unreadable.push(candidate.path)
    }
    if (missing.size === 0 || round === MAX_ROUNDS) return { found, unreadable }
    await loader.load([...missing])
  }
}

/** A damaged lockfile of the base is no matter of the pull request: it is only unknown. */
function extractionOf(extract: () => Extraction): Extraction | undefined {
  try {
    return extract()
  } catch {
    return undefined
  }
}
