import { type Digest, digestFromHex, renderDigest } from '../model/digest.ts'
import { type Purl, purlOf } from '../model/purl.ts'
import { type MinisignKey, parseMinisignKey } from './minisign.ts'
import {
  type Placed,
  type Reading,
  readList,
  readMap,
  readForm,
  readText,
  refuse
} from './yaml-grammar.ts'
import { readYaml, type YamlFault, type YamlNode } from './yaml-tree.ts'

/** Names of the lock of a vendored folder, which lies in that folder. */
export const VENDOR_LOCKS: readonly string[] = ['vendor.lock.yaml', 'vendor.lock.yml']

/** Largest lock, in bytes. YAML is slow to read where somebody means it to be: some seconds for this much. */
export const MAX_VENDOR_LOCK_BYTES = 256 * 1024

/** What minisign calls the signature of a file. */
export const SIGNATURE_SUFFIX = '.minisig'

const MAX_FILES = 2000
const MAX_BUILD_KEYS = 100
const MAX_CHARS = 1000

/** Forms of texts; schema/vendor-lock-v1.schema.json has the same. */
const NAME = {
  pattern: /^[A-Za-z0-9][\w.+-]*(?:\/[A-Za-z0-9][\w.+-]*)*$/,
  expected: 'the name of what is vendored',
  most: MAX_CHARS
}
const VERSION = { pattern: /^[\w.+~:-]+$/, expected: 'a version in quotes', most: MAX_CHARS }
const BUILD_KEY = /^build_[a-z0-9]+(?:_[a-z0-9]+)*$/

/** What the lock of a vendored folder says. */
export interface VendorLock {
  readonly name: string
  readonly version: string
  /** The key that the files, or the lock, are signed with. Absent: only the policy can name one. */
  readonly key?: VendorKey
  /** As stated, unchecked. */
  readonly license?: string
  /** Sorted by path. At least one. */
  readonly files: readonly VendorFile[]
  /** The `build_*` fields, sorted: how the files were made, for people. Nobody checks them. */
  readonly build: readonly VendorFact[]
}

export interface VendorKey extends MinisignKey {
  readonly line: number
}

/** A file of the folder. */
export interface VendorFile {
  /** Relative to the folder, with `/`. */
  readonly path: string
  readonly digest: Digest
  /** Where its signature lies, if the lock says so; else beside it, with `.minisig` behind its name. */
  readonly signature?: string
  readonly line: number
}

export interface VendorFact {
  readonly key: string
  readonly value: string
}

/**
 * Parses the lock of a vendored folder. Everything that is wrong is said at once, each with its line.
 *
 * @see docs/vendor-lock.md
 */
export function parseVendorLock(text: string): VendorLock | readonly YamlFault[] {
  const root = readYaml(text)
  if (!('kind' in root)) return root
  const reading: Reading = { faults: [] }
  const lock = readLock(reading, root)
  return lock === undefined || reading.faults.length > 0 ? reading.faults : lock
}

/**
 * What a vendored folder is called in documents. One file is identified by its bytes too.
 *
 * @see https://github.com/package-url/purl-spec/blob/main/types-doc/generic-definition.md
 */
export function vendorPurl({ name, version, files }: VendorLock): Purl {
  const [only, second] = files
  const checksum = only && !second ? renderDigest(only.digest) : ''
  return purlOf('generic', name, version, { checksum })
}

function readLock(reading: Reading, node: YamlNode): VendorLock | undefined {
  const [facts, rest] = buildApart(node)
  const fields = readMap(
    reading,
    { name: '', node: rest },
    {
      name: true,
      version: true,
      pubkey: false,
      license: false,
      file: false,
      sha256: false,
      signature: false,
      files: false
    }
  )
  const name = fields.name && readForm(reading, fields.name, NAME)
  const version = fields.version && readForm(reading, fields.version, VERSION)
  const key = fields.pubkey && readKey(reading, fields.pubkey)
  const license =
    fields.license &&
    readText(reading, fields.license, { expected: 'a licence, such as "MIT"', most: MAX_CHARS })
  const build = readBuild(reading, facts)
  const files = readFiles(reading, fields, { node: rest, name })
  if (name === undefined || version === undefined || files.length === 0) return undefined
  return {
    name,
    version,
    ...(key && { key }),
    ...(license !== undefined && { license }),
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    build
  }
}

/** The keys that begin with `build_` are free; all others are known. */
function buildApart(node: YamlNode): readonly [readonly Placed[], YamlNode] {
  if (node.kind !== 'map') return [[], node]
  const facts = node.entries.filter(isFact).map(({ key, value }) => ({ name: key, node: value }))
  return [facts, { ...node, entries: node.entries.filter((entry) => !isFact(entry)) }]
}

function isFact({ key }: { readonly key: string }): boolean {
  return key.startsWith('build_')
}

function readBuild(reading: Reading, facts: readonly Placed[]): readonly VendorFact[] {
  const [first] = facts
  if (first && facts.length > MAX_BUILD_KEYS) {
    const message = `there are ${facts.length} keys that begin with "build_", expected at most ${MAX_BUILD_KEYS}`
    reading.faults.push({ line: first.node.line, message })
    return []
  }
  return facts
    .flatMap((fact) => {
      if (!BUILD_KEY.test(fact.name)) {
        const message = `unknown key ${JSON.stringify(fact.name)}, expected one such as "build_image"`
        reading.faults.push({ line: fact.node.line, message })
        return []
      }
      const value = readText(reading, fact, { expected: 'a text in quotes', most: MAX_CHARS })
      return value === undefined ? [] : [{ key: fact.name, value }]
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function readKey(reading: Reading, placed: Placed): VendorKey | undefined {
  const expected = 'a public key of minisign, such as "RWQ…"'
  const text = readText(reading, placed, { expected, most: MAX_CHARS })
  if (text === undefined) return undefined
  const key = parseMinisignKey(text)
  if (typeof key !== 'string') return { ...key, line: placed.node.line }
  // What is no public key may be a secret one: it is not shown.
  const message = `"${placed.name}" is ${key}, expected ${expected}`
  reading.faults.push({ line: placed.node.line, message })
  return undefined
}

type FileFields = {
  readonly [Key in 'file' | 'sha256' | 'signature' | 'files']?: Placed | undefined
}

/** One file in fields of the lock itself, or any number in `files`. */
function readFiles(
  reading: Reading,
  fields: FileFields,
  { node, name }: { readonly node: YamlNode; readonly name: string | undefined }
): readonly VendorFile[] {
  const { files, file, sha256, signature } = fields
  if (!files) {
    if (!sha256) {
      const message = 'the file has neither "sha256" nor "files"'
      if (node.kind === 'map') reading.faults.push({ line: node.line, message })
      return []
    }
    const path = file ? readPath(reading, file) : name
    return fileOf(reading, path, { sha256, signature, line: (file ?? sha256).node.line })
  }
  const double = file ?? sha256 ?? signature
  if (double) refuse(reading, double, 'this in an entry of "files", where that is there')
  const listed = readList(reading, files, MAX_FILES)
  if (files.node.kind === 'list' && files.node.items.length === 0) {
    refuse(reading, files, 'at least one file')
  }
  const seen = new Set<string>()
  return listed.flatMap((item) => {
    const entry = readMap(reading, item, { path: true, sha256: true, signature: false })
    const path = entry.path && readPath(reading, entry.path)
    if (path !== undefined && entry.path && seen.has(path)) {
      refuse(reading, entry.path, 'each file once')
    }
    if (path !== undefined) seen.add(path)
    return fileOf(reading, path, { ...entry, line: item.node.line })
  })
}

function fileOf(
  reading: Reading,
  path: string | undefined,
  { sha256, signature, line }: Pick<FileFields, 'sha256' | 'signature'> & { readonly line: number }
): readonly VendorFile[] {
  const expected = 'a SHA-256 in hex, in quotes'
  const hex = sha256 && readText(reading, sha256, { expected, most: MAX_CHARS })
  const digest = hex === undefined ? undefined : digestFromHex('sha256', hex)
  if (hex !== undefined && sha256 && !digest) refuse(reading, sha256, expected)
  const place = signature && readPath(reading, signature)
  if (path === undefined || !digest) return []
  return [{ path, digest, ...(place !== undefined && { signature: place }), line }]
}

/** A place inside of the folder: nothing that leaves it, on any platform. */
function readPath(reading: Reading, placed: Placed): string | undefined {
  const expected = 'a path inside of the folder, with "/"'
  const path = readText(reading, placed, { expected, most: MAX_CHARS })
  if (path === undefined) return undefined
  const parts = path.split('/')
  const wrong =
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /[\\:\0-\x1f\x7f]/.test(path) ||
    parts.some((part) => ['', '.', '..'].includes(part) || part.toLowerCase() === '.git') ||
    (parts.length === 1 && VENDOR_LOCKS.includes(path))
  return wrong ? refuse(reading, placed, expected) : path
}
