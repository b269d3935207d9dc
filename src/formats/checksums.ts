import { type Digest, type DigestAlgorithm, digestFromHex } from '../model/digest.ts'
import { ParseError } from '../model/errors.ts'

/** One line of a list of checksums. */
export interface Checksum {
  /** Relative, with `/`, without `.` and `..`. It may hold any other character. */
  readonly name: string
  readonly digest: Digest
  /** 1-based. */
  readonly line: number
}

/** Digests that a signed statement may rest on, by their length in hex. Shorter ones are weak or unusual. */
const BY_LENGTH: ReadonlyMap<number, DigestAlgorithm> = new Map([
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512']
])

/** What BSD's programs, and GNU's with `--tag`, call them. */
const BY_TAG: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['SHA256', 'sha256'],
  ['SHA384', 'sha384'],
  ['SHA512', 'sha512']
])

/** Longest line, in UTF-16 units: names are shorter than 4096 bytes on every system. */
const MAX_LINE = 8192

/**
 * Reads a list of checksums as `sha256sum`, `sha384sum`, `sha512sum` and `shasum` write it, or with `--tag` and on
 * BSD `sha256`: escaped names, binary marks, comments and both kinds of line ends included.
 *
 * @throws ParseError `CONFIG_SYNTAX` with the line, for what is no checksum, a name that leads elsewhere, or two
 *   different checksums for one name
 * @see https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
 */
export function parseChecksums(path: string, text: string): readonly Checksum[] {
  const byKey = new Map<string, Checksum>()
  let line = 0
  for (const raw of linesOf(text.startsWith('\uFEFF') ? text.slice(1) : text)) {
    line++
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (content.trim() === '' || content.startsWith('#')) continue
    const found = checksumIn(content)
    if (typeof found === 'string') throw wrong({ path, line }, found)
    const key = `${found.digest.algorithm} ${found.name}`
    const known = byKey.get(key)
    if (known !== undefined && known.digest.hex !== found.digest.hex) {
      throw wrong(
        { path, line },
        `found another checksum for "${found.name}" than in line ${known.line}`
      )
    }
    if (known === undefined) byKey.set(key, { ...found, line })
  }
  return [...byKey.values()]
}

/** Line by line: a list of a million of them at once would be held twice. */
function* linesOf(text: string): Generator<string> {
  let start = 0
  while (start <= text.length) {
    const end = text.indexOf('\n', start)
    yield text.slice(start, end === -1 ? text.length : end)
    if (end === -1) return
    start = end + 1
  }
}

/** @returns what is wrong, as text, when it is none */
function checksumIn(content: string): Omit<Checksum, 'line'> | string {
  if (content.length > MAX_LINE) return `found a line of more than ${MAX_LINE} characters`
  if (content.includes('\0')) return 'found a NUL byte: lists made with `--zero` are not read'
  const escaped = content.startsWith('\\')
  const plain = escaped ? content.slice(1) : content
  const parts = tagged(plain) ?? untagged(plain)
  if (typeof parts === 'string') return parts
  const unescaped = escaped ? unescapedName(parts.name) : parts.name
  if (unescaped === undefined) return 'found a name that is escaped in a way nobody writes'
  const name = plainName(unescaped)
  return 'wrong' in name ? name.wrong : { name: name.path, digest: parts.digest }
}

interface Parts {
  readonly name: string
  readonly digest: Digest
}

/** `SHA256 (name) = hex` */
function tagged(content: string): Parts | string | undefined {
  const open = content.indexOf(' (')
  const close = content.lastIndexOf(') = ')
  if (open <= 0 || close < open || !/^[A-Za-z0-9/-]+$/.test(content.slice(0, open)))
    return undefined
  const tag = content.slice(0, open)
  const algorithm = BY_TAG.get(tag)
  if (algorithm === undefined)
    return `found a checksum of the kind "${tag}", expected SHA256, SHA384 or SHA512`
  const digest = digestFromHex(algorithm, content.slice(close + ') = '.length))
  if (digest === undefined) return `found no ${tag} in hex after the "="`
  return { name: content.slice(open + ' ('.length, close), digest }
}

/** `hex  name`, or `hex *name` for one that was read as binary, which are the same here. */
function untagged(content: string): Parts | string {
  const blank = content.indexOf(' ')
  const hex = content.slice(0, blank)
  const mark = content[blank + 1]
  if (blank <= 0 || !/^[0-9a-fA-F]+$/.test(hex) || (mark !== ' ' && mark !== '*')) {
    return 'found no checksum, expected `<hex>  <name>` or `SHA256 (<name>) = <hex>`'
  }
  const algorithm = BY_LENGTH.get(hex.length)
  const digest = algorithm && digestFromHex(algorithm, hex)
  if (digest === undefined) {
    return `found ${hex.length} hex digits, expected 64 of SHA-256, 96 of SHA-384 or 128 of SHA-512`
  }
  return { name: content.slice(blank + 2), digest }
}

/** @see https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html */
function unescapedName(name: string): string | undefined {
  const isPlain = /^(?:[^\\]|\\[\\nr])*$/.test(name)
  if (!isPlain) return undefined
  return name.replace(/\\([\\nr])/g, (_, char: string) =>
    char === 'n' ? '\n' : char === 'r' ? '\r' : '\\'
  )
}

/** A name that can lead nowhere but below where it is looked for. */
function plainName(name: string): { readonly path: string } | { readonly wrong: string } {
  const segments = name.split('/').filter((segment) => segment !== '.')
  const path = segments.join('/')
  if (name === '-')
    return { wrong: 'found "-", the checksum of what came through a pipe: it has no name' }
  if (path === '') return { wrong: 'found a checksum without a name' }
  if (name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) || name.startsWith('\\\\')) {
    return { wrong: `found the absolute name "${name}", expected one that is relative` }
  }
  if (segments.some((segment) => segment === '' || segment === '..')) {
    return { wrong: `found the name "${name}", expected one without empty parts and ".."` }
  }
  if (name.includes('\uFFFD')) return { wrong: 'found a name that is not UTF-8' }
  return { path }
}

function wrong(
  { path, line }: { readonly path: string; readonly line: number },
  why: string
): ParseError {
  return new ParseError({
    code: 'CONFIG_SYNTAX',
    message: `Cannot parse "${path}": line ${line}: ${why}`,
    remedy: 'Make the list with `sha256sum <files>`, in the folder that the names are relative to',
    line
  })
}
