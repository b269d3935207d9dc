import { compareGoVersions } from '../../formats/go-module.ts'
import { type GoSumLine, parseGoSum } from '../../formats/go-sum.ts'
import { byFile, type Location, type LockedFile } from '../../model/component.ts'
import type { ReadSibling } from '../ecosystem.ts'

/** What the checksum files of a project pin. */
export interface GoSums {
  /**
   * The files of a module: its zip and its go.mod, each once for every hash that is listed for it.
   *
   * @param fallback where to point for a file that no checksum file lists
   */
  filesOf(path: string, version: string, fallback: Location): readonly LockedFile[]
  /** Every module that is listed, in order of appearance. */
  readonly modules: ReadonlyMap<string, ListedModule>
}

export interface ListedModule {
  /** Versions whose zip is listed, lowest first, each where it is listed first. */
  readonly zips: readonly ListedVersion[]
  /** The highest version of which go.mod is listed; empty when there is none. */
  readonly highestMod: string
}

export interface ListedVersion {
  readonly version: string
  readonly location: Location
}

interface PlacedLine extends GoSumLine {
  readonly location: Location
}

/**
 * Reads checksum files; one that does not exist pins nothing.
 *
 * @throws ParseError when one is damaged
 */
export function readSums(paths: readonly string[], read: ReadSibling): GoSums {
  const byFileName = new Map<string, PlacedLine[]>()
  const byModule = new Map<string, PlacedLine[]>()
  for (const line of paths.flatMap((path) => linesOf(path, read))) {
    append(byFileName, nameOf(line.path, line.version, line.file), line)
    append(byModule, line.path, line)
  }
  return {
    modules: new Map([...byModule].map(([path, lines]) => [path, listedModule(lines)])),
    filesOf: (path, version, fallback) =>
      (['go.mod', 'zip'] as const)
        .flatMap((file) => {
          const name = nameOf(path, version, file)
          return lockedFiles(name, byFileName.get(name) ?? [], fallback)
        })
        .sort(byFile)
  }
}

/** How a file of a module is called: as the go command's cache and go.sum call it, so that it says whose it is. */
function nameOf(path: string, version: string, file: GoSumLine['file']): string {
  return file === 'zip' ? `${path}@${version}.zip` : `${path}@${version}/go.mod`
}

function linesOf(path: string, read: ReadSibling): readonly PlacedLine[] {
  const file = read(path)
  if (file === undefined) return []
  return parseGoSum(file).map((line) => ({ ...line, location: { path, line: line.line } }))
}

/** Two hashes of one file contradict each other: as two files, one of them cannot pass for the other. */
function lockedFiles(
  name: string,
  lines: readonly PlacedLine[],
  fallback: Location
): readonly LockedFile[] {
  if (lines.length === 0) return [{ name, digests: [], location: fallback }]
  const byHex = new Map<string, PlacedLine>()
  for (const line of lines) {
    if (!byHex.has(line.digest.hex)) byHex.set(line.digest.hex, line)
  }
  return [...byHex.values()].map(({ digest, location }) => ({ name, digests: [digest], location }))
}

function listedModule(lines: readonly PlacedLine[]): ListedModule {
  const zips = new Map<string, ListedVersion>()
  let highestMod = ''
  for (const { file, version, location } of lines) {
    if (file === 'zip' && !zips.has(version)) zips.set(version, { version, location })
    if (file === 'go.mod' && compareGoVersions(version, highestMod) > 0) highestMod = version
  }
  return {
    zips: [...zips.values()].sort((a, b) => compareGoVersions(a.version, b.version)),
    highestMod
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}
