import { entryLines, KEY_SEPARATOR } from '../../formats/json-lines.ts'
import { jsonKindOf, type JsonObject, jsonObjectOf, parseJson } from '../../formats/json.ts'
import { ParseError } from '../../model/errors.ts'
import type { SourceFile } from '../ecosystem.ts'
import { entriesOfVersion1 } from './lock-version-1.ts'
import { faultOfEntry, gapAt, type LockContent, type LockEntry, lockEntryOf } from './lock-entry.ts'

const REMEDY = 'Run `npm install --package-lock-only` and commit the result'

const REPEATED = 'it stands here and again further down, and npm reads the last one only'

const WITHOUT_EDGES = 'a lock of npm 4 or older does not say which package needs which'

/**
 * Reads a lock of any version into entries of one shape. As in npm, a lock that has `packages` is read by
 * it, whatever version it claims.
 *
 * @throws ParseError `LOCKFILE_SYNTAX`, `LOCKFILE_VERSION_UNSUPPORTED`
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
export function readLock(file: SourceFile): LockContent {
  const value = parseJson(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  const lock = jsonObjectOf(value)
  if (lock === undefined) throw notALock(file, `found ${jsonKindOf(value)}, expected an object`)
  assertVersion(file, lock)
  // As npm: `packages` wins, and a lock of version 2 or 3 without it is read as version 1.
  const key = Object.hasOwn(lock, 'packages') ? 'packages' : 'dependencies'
  const listed = Object.hasOwn(lock, key) ? jsonObjectOf(lock[key]) : {}
  if (listed === undefined) {
    throw notALock(file, `"${key}" is ${jsonKindOf(lock[key])}, expected an object`)
  }
  return key === 'packages' ? readPackages(file, listed) : readVersion1(file, lock)
}

function assertVersion(file: SourceFile, lock: JsonObject): void {
  const version = lock['lockfileVersion']
  if (version === 1 || version === 2 || version === 3) return
  if (version === undefined) {
    // npm 4 and older wrote shrinkwraps without it.
    if (Object.hasOwn(lock, 'dependencies') || Object.hasOwn(lock, 'packages')) return
    throw notALock(file, 'found no "lockfileVersion", expected 1, 2 or 3')
  }
  const found = JSON.stringify(version).slice(0, 40)
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${file.path}": lockfileVersion is ${found}, expected 1, 2 or 3`,
    remedy: `Run \`npm install --package-lock-only --lockfile-version 3\` and commit the result`
  })
}

function readPackages(file: SourceFile, packages: JsonObject): LockContent {
  const { lines, repeated } = entryLines(file.text, 'packages')
  const entries: LockEntry[] = []
  const gaps = repeated.map(({ key, line }) => gapAt(file.path, { path: key, line }, REPEATED))
  for (const [path, value] of Object.entries(packages)) {
    const raw = jsonObjectOf(value)
    const entry = lockEntryOf(path, raw ?? {}, lines.get(path))
    const fault = raw ? faultOfEntry(entry) : `it is ${jsonKindOf(value)}, not an object`
    if (fault === undefined) entries.push(entry)
    else gaps.push(gapAt(file.path, entry, fault))
  }
  return { entries, gaps, namesDirect: Object.hasOwn(packages, ''), namesEdges: true }
}

function readVersion1(file: SourceFile, lock: JsonObject): LockContent {
  const { lines, repeated } = entryLines(file.text, 'dependencies')
  const gaps = repeated.map(({ key, line }) =>
    gapAt(file.path, { path: key.replaceAll(KEY_SEPARATOR, '/node_modules/'), line }, REPEATED)
  )
  const entries: LockEntry[] = []
  for (const { path, keys, raw, fault } of entriesOfVersion1(lock)) {
    const entry = lockEntryOf(path, raw, lines.get(keys))
    const wrong = fault ?? faultOfEntry(entry)
    if (wrong === undefined) entries.push(entry)
    else gaps.push(gapAt(file.path, entry, wrong))
  }
  const namesEdges = Object.hasOwn(lock, 'requires')
  if (entries.length > 0 && !namesEdges) {
    gaps.push(gapAt(file.path, { path: '' }, WITHOUT_EDGES))
  }
  return { entries, gaps, namesDirect: false, namesEdges }
}

function notALock(file: SourceFile, reason: string): ParseError {
  return new ParseError({
    code: 'LOCKFILE_SYNTAX',
    message: `Cannot read "${file.path}": ${reason}`,
    remedy: REMEDY
  })
}
