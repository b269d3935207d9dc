import { parseToml, tableOf, type TomlDocument } from '../../formats/toml.ts'
import type { Gap } from '../../model/component.ts'
import { digestFromHex } from '../../model/digest.ts'
import { ParseError } from '../../model/errors.ts'
import type { SourceFile } from '../ecosystem.ts'

/** One `[[package]]`, its fields checked. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** As written; absent for a package of the checkout itself. */
  readonly source?: string
  /** As written, in whichever place this version of the format keeps it. */
  readonly checksum?: string
  /** Each package once, in the order of the file. */
  readonly dependencies: ReadonlySet<LockedPackage>
  readonly line?: number
}

export interface Lock {
  /** In the order of the file. */
  readonly packages: readonly LockedPackage[]
  readonly gaps: readonly Gap[]
}

/** A package that is still being read. */
interface Draft {
  readonly name: string
  readonly version: string
  readonly source?: string
  readonly line?: number
  checksum?: string
  readonly dependencies: Set<Draft>
  /** Its dependencies as the lock names them. */
  readonly asked: readonly string[]
  /** What stands in for it, by `[replace]` in Cargo.toml. */
  readonly replace?: string
}

type Find = (id: string) => Draft | undefined

/** The newest format that a stable Cargo writes; the first two leave the number out. */
const MAX_VERSION = 4

const REMEDY = 'Run `cargo generate-lockfile` and commit the result'

/** Letters of any script, as Cargo allows them; crates.io itself takes ASCII only. */
const NAME = /^[\p{XID_Start}_0-9][\p{XID_Continue}-]{0,127}$/u
const VERSION = /^\d{1,20}\.\d{1,20}\.\d{1,20}(?:[-+][0-9A-Za-z.+-]{1,128})?$/

/** Begins the keys under which version 1 keeps checksums: `checksum itoa 1.0.0 (registry+…)`. */
const CHECKSUM_KEY = 'checksum '

/**
 * Reads a Cargo.lock of version 1 to 4.
 *
 * @throws ParseError `LOCKFILE_SYNTAX` when it is no TOML, or lists a package twice
 * @throws ParseError `LOCKFILE_VERSION_UNSUPPORTED` when a newer Cargo wrote it
 * @see https://doc.rust-lang.org/nightly/nightly-rustc/cargo/core/resolver/encode/index.html
 */
export function readLock(file: SourceFile): Lock {
  const document = parseToml(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  assertVersion(document, file.path)
  const gaps: Gap[] = []
  const drafts = draftsOf(document, file.path, gaps)
  const find = finderOf(drafts, file.path)
  addChecksums(document, find)
  for (const draft of drafts) connect(draft, find, file.path, gaps)
  const more = [...damagedChecksums(drafts, file.path), ...unusedPatches(document, file.path)]
  const packages = drafts.filter((draft) => draft.replace === undefined)
  return { packages, gaps: [...gaps, ...more] }
}

function assertVersion({ value }: TomlDocument, path: string): void {
  const { version } = value
  if (version === undefined) return
  if (typeof version === 'number' && version >= 1 && version <= MAX_VERSION) return
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${path}": version is ${JSON.stringify(version)}, expected 1 to ${MAX_VERSION}`,
    remedy: 'Run `cargo generate-lockfile` with a stable Cargo and commit the result'
  })
}

/** Every package whose name and version can be true; a gap for every other. */
function draftsOf(document: TomlDocument, path: string, gaps: Gap[]): Draft[] {
  const { package: packages = [], root } = document.value
  if (!Array.isArray(packages)) throw malformed(path, 'package is no array of tables')
  // Before 2018, the package beside the lock stood in a table of its own.
  const old = root === undefined ? [] : [{ value: root, line: document.lineOf('root') }]
  const entries = packages.map((value: unknown, index) => ({
    value,
    line: document.lineOf('package', index)
  }))
  return [...old, ...entries].flatMap(({ value, line }) => {
    const draft = draftOf(value, line)
    if (draft) return [draft]
    const location = { path, ...(line !== undefined && { line }) }
    const name = textIn(value, 'name') ?? '?'
    gaps.push({ name, reason: 'name or version is not one that Cargo allows', location })
    return []
  })
}

function draftOf(value: unknown, line: number | undefined): Draft | undefined {
  const name = textIn(value, 'name') ?? ''
  const version = textIn(value, 'version') ?? ''
  if (!NAME.test(name) || !VERSION.test(version)) return undefined
  const source = textIn(value, 'source')
  const checksum = textIn(value, 'checksum')
  const replace = textIn(value, 'replace')
  const asked: unknown = tableOf(value)?.['dependencies']
  return {
    name,
    version,
    ...(source !== undefined && { source }),
    ...(checksum !== undefined && { checksum }),
    ...(replace !== undefined && { replace }),
    ...(line !== undefined && { line }),
    dependencies: new Set(),
    asked: Array.isArray(asked) ? asked.map(String) : []
  }
}

/**
 * Finds a package by `name`, `name version` or `name version (source)`. What is left out must leave one
 * answer only; without a source, a package of the checkout goes first, for it never has one.
 */
function finderOf(drafts: readonly Draft[], path: string): Find {
  const full = new Map<string, Draft>()
  const soleSource = new Map<string, Draft | undefined>()
  const soleVersion = new Map<string, string | undefined>()
  for (const draft of drafts) {
    const { name, version } = draft
    const id = idOf(draft)
    if (full.has(id)) throw malformed(path, `package "${id}" is listed twice`, draft.line)
    full.set(id, draft)
    const key = `${name} ${version}`
    soleSource.set(key, soleSource.has(key) ? undefined : draft)
    const same = !soleVersion.has(name) || soleVersion.get(name) === version
    soleVersion.set(name, same ? version : undefined)
  }
  return (asked) => {
    const version = soleVersion.get(asked)
    const id = version === undefined ? withoutCommit(asked) : `${asked} ${version}`
    return full.get(id) ?? soleSource.get(id)
  }
}

function idOf({ name, version, source }: Draft): string {
  return withoutCommit(`${name} ${version}${source === undefined ? '' : ` (${source})`}`)
}

/** Only a package's own entry has the commit of a git source; in old locks, those that name it too. */
function withoutCommit(id: string): string {
  return id.replace(/#(?:[0-9a-f]{40}|[0-9a-f]{64})\)$/, ')')
}

function addChecksums({ value }: TomlDocument, find: Find): void {
  for (const [key, checksum] of Object.entries(tableOf(value['metadata']) ?? {})) {
    if (!key.startsWith(CHECKSUM_KEY) || typeof checksum !== 'string') continue
    const draft = find(key.slice(CHECKSUM_KEY.length))
    // Cargo lets these win over the packages' own; `<none>` says that there is none.
    if (draft && checksum === '<none>') delete draft.checksum
    else if (draft) draft.checksum = checksum
  }
}

function connect(draft: Draft, find: Find, path: string, gaps: Gap[]): void {
  const location = { path, ...(draft.line !== undefined && { line: draft.line }) }
  for (const asked of draft.asked) {
    const found = find(asked)
    const target = found?.replace === undefined ? found : find(found.replace)
    if (target) draft.dependencies.add(target)
    else {
      const reason = `dependency of ${draft.name} ${draft.version} that the lock does not list`
      gaps.push({ name: asked, reason, location })
    }
  }
}

function damagedChecksums(drafts: readonly Draft[], path: string): Gap[] {
  return drafts
    .filter(({ checksum }) => checksum !== undefined && !digestFromHex('sha256', checksum))
    .map(({ name, version, line }): Gap => ({
      name: `${name} ${version}`,
      reason: 'its checksum is no SHA-256 in hex: nothing pins its bytes',
      location: { path, ...(line !== undefined && { line }) }
    }))
}

function unusedPatches(document: TomlDocument, path: string): Gap[] {
  const unused = tableOf(document.value['patch'])?.['unused']
  if (!Array.isArray(unused)) return []
  return unused.map((value: unknown, index): Gap => {
    const line = document.lineOf('patch.unused', index)
    return {
      name: `${textIn(value, 'name') ?? '?'} ${textIn(value, 'version') ?? ''}`.trim(),
      reason: 'a [patch] that no package uses: nothing of it is installed',
      location: { path, ...(line !== undefined && { line }) }
    }
  })
}

function textIn(value: unknown, key: string): string | undefined {
  const text = tableOf(value)?.[key]
  return typeof text === 'string' ? text : undefined
}

function malformed(path: string, what: string, line?: number): ParseError {
  return new ParseError({
    code: 'LOCKFILE_SYNTAX',
    message: `Cannot read "${path}": ${what}`,
    remedy: REMEDY,
    line
  })
}
