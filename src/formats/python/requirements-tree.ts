import { posix } from 'node:path'
import type { Gap } from '../../model/component.ts'
import { ParseError } from '../../model/errors.ts'
import { conflictMarkerLine } from '../conflict-markers.ts'
import { labelOf } from './lock-entry.ts'
import {
  type IncludeLine,
  parseRequirementsFile,
  type RequirementsFile
} from './requirements-file.ts'

/** A file of the checkout. */
interface SourceFile {
  readonly path: string
  readonly text: string
}

type Read = (path: string) => SourceFile | undefined

/** A requirements file, and how it came to be read. */
export interface LoadedFile {
  readonly path: string
  readonly kind: IncludeLine['kind']
  readonly parsed: RequirementsFile
}

/** More files than this belong to no installation. */
const MAX_FILES = 256

/**
 * Reads a requirements file and all that it includes, each once, whatever includes what.
 *
 * @returns the files in the order in which they are named; gaps for those that are not there
 * @throws ParseError `LOCKFILE_SYNTAX` when one is no text, or an unfinished merge
 */
export function loadFiles(
  entry: SourceFile,
  read: Read
): { readonly files: readonly LoadedFile[]; readonly gaps: readonly Gap[] } {
  const files: LoadedFile[] = [{ path: entry.path, kind: 'requirement', parsed: parsed(entry) }]
  const seen = new Set([`requirement ${entry.path}`])
  const gaps: Gap[] = []
  // Files are added while they are walked.
  for (const { path, kind, parsed: from } of files) {
    for (const include of from.includes) {
      // What a constraint file includes only constrains.
      const as = kind === 'constraint' ? kind : include.kind
      const target = includePath(path, include.path)
      const id = `${as} ${target ?? ''}`
      if (seen.has(id) && target !== undefined) continue
      seen.add(id)
      const file = target === undefined ? undefined : read(target)
      if (file && files.length < MAX_FILES) {
        files.push({ path: file.path, kind: as, parsed: parsed(file) })
      } else {
        const reason = file ? `more than ${MAX_FILES} files are included` : whyMissing(include.path)
        gaps.push({ name: labelOf(include.path), reason, location: { path, line: include.line } })
      }
    }
  }
  return { files, gaps }
}

/** The paths of the requirements files that a file includes; none when it cannot be read. */
export function includedBy(file: SourceFile): readonly string[] {
  return parseRequirementsFile(file.text)
    .includes.filter(({ kind }) => kind === 'requirement')
    .map(({ path }) => includePath(file.path, path))
    .filter((path) => path !== undefined)
}

/** Relative to the including file; nothing for what is on the network, or an absolute path. */
function includePath(from: string, written: string): string | undefined {
  const path = written.replaceAll('\\', '/')
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || posix.isAbsolute(path) || path === '') return undefined
  const joined = posix.join(posix.dirname(from), path)
  return joined === '..' || joined.startsWith('../') ? undefined : joined
}

function whyMissing(written: string): string {
  return /^https?:/i.test(written)
    ? 'the included file is on the network, where nothing pins it'
    : 'the included file is not in the checkout'
}

function parsed({ path, text }: SourceFile): RequirementsFile {
  const conflict = conflictMarkerLine(text)
  if (conflict !== undefined) {
    throw new ParseError({
      code: 'LOCKFILE_SYNTAX',
      message: `Cannot parse "${path}": found the conflict markers of an unfinished merge, expected requirements`,
      remedy: 'Finish the merge and commit the file',
      path,
      line: conflict
    })
  }
  if (text.includes('\0')) {
    throw new ParseError({
      code: 'LOCKFILE_SYNTAX',
      message: `Cannot parse "${path}": found NUL characters, expected text in UTF-8`,
      remedy: 'Save the file as UTF-8; PowerShell writes UTF-16 unless told otherwise',
      path
    })
  }
  return parseRequirementsFile(text)
}
