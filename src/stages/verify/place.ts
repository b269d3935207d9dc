import { isAbsolute, relative, resolve } from 'node:path'
import { ParseError } from '../../model/errors.ts'
import type { Host } from '../../host/host.ts'

/** A file that whoever started the run named: in the checkout, or elsewhere on this machine. */
export interface Place {
  /** As it was given. */
  readonly given: string
  /** Relative to the checkout, with `/`; or absolute, elsewhere. */
  readonly path: string
  readonly inside: boolean
}

type Disk = Pick<Host, 'files' | 'readMachineText' | 'machineChunks'>

/** Largest file, in bytes: as large as a disk. */
const ANY_SIZE = Number.MAX_SAFE_INTEGER

/** Where a path leads. */
export function placeOf({ files }: Pick<Host, 'files'>, given: string): Place {
  const absolute = resolve(files.root, given)
  const way = relative(files.root, absolute).replaceAll('\\', '/')
  const inside = way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way)
  return { given, path: inside ? way : absolute, inside }
}

/** A file beside it: its own name with something behind it, or another name in the same folder. */
export function beside(
  { given, path, inside }: Place,
  name: { readonly suffix: string } | { readonly sibling: string }
): Place {
  const to = (from: string): string =>
    'suffix' in name
      ? `${from}${name.suffix}`
      : `${/^(?:.*[/\\])?/.exec(from)?.[0] ?? ''}${name.sibling}`
  return { given: to(given), path: to(path), inside }
}

/** Whether a regular file is there. */
export function isFile(host: Disk, { path, inside }: Place): boolean {
  if (!inside) return host.machineChunks(path) !== undefined
  const kind = host.files.kindOf(path)
  return kind === 'file' || kind === 'link'
}

/**
 * Text of a file; nothing when it is not there.
 *
 * @throws ParseError `FILE_TOO_LARGE` above `maxBytes`, `FILE_UNREADABLE`
 */
export function textAt(host: Disk, { path, inside }: Place, maxBytes: number): string | undefined {
  return inside ? host.files.readText(path, maxBytes) : host.readMachineText(path, maxBytes)
}

/** The bytes of a file of any size, read anew at each call. @throws ParseError while it is read */
export function chunksAt(host: Disk, { given, path, inside }: Place): AsyncIterable<Uint8Array> {
  const chunks = inside ? host.files.chunks(path, ANY_SIZE) : host.machineChunks(path)
  if (chunks !== undefined) return chunks
  throw new ParseError({
    code: 'FILE_UNREADABLE',
    message: `Cannot read "${given}": it is not there any more`,
    remedy: 'Verify files that nobody changes meanwhile'
  })
}
