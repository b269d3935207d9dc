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
  /** Paths of the modules that are listed, in order of appearance. */
  paths(): Iterable<string>
  /** What is listed of a module; nothing when it is not. */
  listed(path: string): ListedModule | undefined
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

/**
 * Reads checksum files; one that does not exist pins nothing.
 *
 * @throws ParseError when one is damaged
 */
export function readSums(paths: readonly string[], read: ReadSibling): GoSums {
  const modules = new Map<string, GoSumLine[]>()
  for (const path of paths) {
    const file = read(path)
    for (const line of file ? parseGoSum(file) : []) {
      const lines = modules.get(line.path)
      if (lines) lines.push(line)
      else modules.set(line.path, [line])
    }
  }
  return {
    paths: () => modules.keys(),
    listed(path) {
      const lines = modules.get(path)
      return lines && listedModule(lines)
    },
    filesOf(path, version, fallback) {
      const lines = (modules.get(path) ?? []).filter((line) => line.version === version)
      const files = FILES.flatMap((file) => {
        const own = lines.filter((line) => line.file === file)
        return lockedFiles(nameOf(path, version, file), own, fallback)
      })
      return files.sort(byFile)
    }
  }
}

const FILES = ['go.mod', 'zip'] as const

/** How a file of a module is called: as the go command's cache and go.sum call it, so that it says whose it is. */
function nameOf(path: string, version: string, file: GoSumLine['file']): string {
  return file === 'zip' ? `${path}@${version}.zip` : `${path}@${version}/go.mod`
}

/** Two hashes of one file contradict each other: as two files, one of them cannot pass for the other. */
function lockedFiles(
  name: string,
  lines: readonly GoSumLine[],
  fallback: Location
): readonly LockedFile[] {
  if (lines.length === 0) return [{ name, digests: [], location: fallback }]
  const byHex = new Map<string, GoSumLine>()
  for (const line of lines) {
    if (!byHex.has(line.digest.hex)) byHex.set(line.digest.hex, line)
  }
  return [...byHex.values()].map(({ digest, location }) => ({ name, digests: [digest], location }))
}

function listedModule(lines: readonly GoSumLine[]): ListedModule {
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
