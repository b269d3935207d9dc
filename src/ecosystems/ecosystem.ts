import { byPurl, type Component, type Gap, mergeByPurl } from '../model/component.ts'
import type { Purl } from '../model/purl.ts'

/** A file of the checkout, already read: ecosystem modules do no I/O of their own. */
export interface SourceFile {
  /** Relative to the checkout, with `/`. */
  readonly path: string
  readonly text: string
}

/**
 * Gives another file of the checkout, such as `go.sum` beside `go.mod`.
 *
 * @returns nothing when it does not exist or lies outside
 * @throws ParseError `FILE_TOO_LARGE`
 */
export interface ReadSibling {
  (path: string): SourceFile | undefined
  /**
   * Paths of all files below a folder, sorted; `''` is the checkout itself. For patterns such as
   * `crates/*`. Absent when the files are not those of a tree on disk.
   */
  readonly below?: (folder: string) => readonly string[]
}

export interface Extraction {
  /** Sorted by purl, no duplicates. */
  readonly components: readonly Component[]
  /** Purls that the project itself asks for, sorted. */
  readonly direct: readonly Purl[]
  readonly gaps: readonly Gap[]
}

/**
 * What we know about the files of one package manager. One file each, listed in `index.ts`; to add
 * one, see docs/adding-an-ecosystem.md.
 */
export interface Ecosystem {
  /** Name of the package manager, of the module and of its fixtures folder: `npm`, `poetry`, `uv`. */
  readonly id: string
  /** {@link Component.ecosystem} of what it finds. @see https://ossf.github.io/osv-schema/#defined-ecosystems */
  readonly ecosystem: string
  /** One line for docs/ecosystems.md: the files and versions it reads. */
  readonly reads: string
  /** Whether a file of this base name is one to extract. Asked before any file is opened. */
  recognises(basename: string): boolean
  /**
   * Leaves out files that another one covers: `go.mod` in a workspace, an included requirements file.
   *
   * @param paths every path of the checkout that it recognises, sorted
   */
  entryPoints?(paths: readonly string[], read: ReadSibling): readonly string[]
  /** @throws ParseError, and nothing else, when the file is not in this format */
  extract(file: SourceFile, read: ReadSibling): Extraction
}

/** Puts what was found in order: components merged by purl and sorted, direct purls unique and sorted. */
export function extractionOf(
  components: Iterable<Component>,
  direct: Iterable<Purl>,
  gaps: readonly Gap[]
): Extraction {
  return {
    components: [...mergeByPurl(components).values()].sort(byPurl),
    direct: [...new Set(direct)].sort(),
    gaps
  }
}
