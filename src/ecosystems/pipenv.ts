import { posix } from 'node:path'
import { parseJson } from '../formats/json.ts'
import { entryLines } from '../formats/json-lines.ts'
import { type LineFinder, textLines } from '../formats/line-finder.ts'
import {
  arrayField,
  isTable,
  type PlainTable,
  stringField,
  stringsField,
  tableField
} from '../formats/plain-data.ts'
import {
  digestsOfHash,
  fileNameOf,
  gitOrigin,
  pathFrom,
  pythonComponent,
  pythonPurl,
  withoutCredentials
} from '../formats/python/component.ts'
import { parseDistribution } from '../formats/python/distribution.ts'
import { labelOf, lockedFile } from '../formats/python/lock-entry.ts'
import { isPythonName, normalPythonName } from '../formats/python/name.ts'
import { pinnedVersion } from '../formats/python/requirement.ts'
import { parseToml } from '../formats/toml.ts'
import type { Component, Gap, LockedFile, Location, Origin, Scope } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'

const REMEDY = 'Run `pipenv lock` and commit Pipfile.lock'

/** Lines are told in this many categories; a real lock has two or three. */
const MAX_CATEGORIES = 16

/** Pipenv's lock: versions and bare hashes, without edges; `Pipfile` beside it says what is asked for. */
export const pipenv: Ecosystem = {
  id: 'pipenv',
  ecosystem: 'PyPI',
  reads: '`Pipfile.lock`, specification 6, with `Pipfile`',
  recognises: (basename) => basename === 'Pipfile.lock',
  extract
}

/** @see https://pipenv.pypa.io/en/latest/pipfile.html */
function extract(file: SourceFile, read: ReadSibling): Extraction {
  const lock = parseJson(file, { code: 'LOCKFILE_SYNTAX', remedy: REMEDY })
  const meta = tableField(lock, '_meta')
  assertVersion(file.path, meta)
  const { asked, gaps } = askedFor(file.path, read)
  const indexes = arrayField(meta, 'sources')
  const context: Context = {
    path: file.path,
    sources: new Map(
      indexes.map((each) => [stringField(each, 'name'), each] as const).toReversed()
    ),
    firstSource: indexes[0],
    asked,
    gaps: [...gaps]
  }
  const components = Object.keys(isTable(lock) ? lock : {})
    .filter((category) => category !== '_meta')
    .flatMap((category, at) => {
      const places = at < MAX_CATEGORIES ? placesOf(file, category, context) : nowhere
      return categoryOf(category, tableField(lock, category), { ...context, places })
    })
  const direct = components.filter((component) => component.direct).map(({ purl }) => purl)
  return extractionOf(components, direct, context.gaps)
}

function assertVersion(path: string, meta: PlainTable): void {
  const version = meta['pipfile-spec']
  if (version === 6) return
  const found = typeof version === 'number' ? `${version}` : 'missing'
  throw new ParseError({
    code: 'LOCKFILE_VERSION_UNSUPPORTED',
    message: `Cannot read "${path}": pipfile-spec is ${found}, expected 6`,
    remedy: `${REMEDY}, with a Pipenv whose locks have specification 6`
  })
}

interface Context {
  readonly path: string
  /** The lock's indexes, the first of each name. */
  readonly sources: ReadonlyMap<string | undefined, unknown>
  readonly firstSource: unknown
  /** By category, as the Pipfile names it; nothing when there is no Pipfile to ask. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>> | undefined
  readonly gaps: Gap[]
}

/** Where an entry begins, and its lines. */
type Places = (name: string) => { readonly line?: number; readonly lines: LineFinder }

const nowhere: Places = () => ({ lines: { lineOf: () => undefined } })

function placesOf(file: SourceFile, category: string, { path, gaps }: Context): Places {
  const { lines, repeated } = entryLines(file.text, category)
  for (const { key, line } of repeated) {
    const reason = 'it is given twice, and every reader takes the last one only'
    gaps.push({ name: labelOf(key), reason, location: { path, line } })
  }
  const text = textLines(file.text)
  const starts = [...new Set(lines.values())].sort((a, b) => a - b)
  const next = new Map(starts.map((line, at) => [line, starts[at + 1]]))
  // Entries of one line, as in a minified lock, share a search that goes on where the last one ended.
  const finders = new Map<number, LineFinder>()
  return (name) => {
    const line = lines.get(name)
    if (line === undefined) return nowhere(name)
    const finder = finders.get(line) ?? text.finder(line, next.get(line))
    finders.set(line, finder)
    return { line, lines: finder }
  }
}

function categoryOf(
  category: string,
  entries: PlainTable,
  context: Context & { readonly places: Places }
): readonly Component[] {
  const asked = context.asked?.get(category)
  return Object.entries(entries).flatMap(([written, entry]) => {
    const { line, lines } = context.places(written)
    const location = { path: context.path, ...(line !== undefined && { line }) }
    const name = normalPythonName(written)
    const origin = originOf(entry, context)
    const version = versionOf(name, entry, origin)
    const fault = isTable(entry) && isPythonName(written) ? undefined : 'it is no package'
    if (fault !== undefined || version === undefined) {
      const reason = fault ?? 'its version is a range, not a pin'
      context.gaps.push({ name: labelOf(written), reason, location })
      return []
    }
    return [
      pythonComponent({
        purl: pythonPurl({ name, version, origin }),
        name,
        version,
        origin,
        files: filesOf(stringsField(entry, 'hashes'), origin, { location, lines }),
        scope: scopeOf(category),
        direct: asked?.has(name) ?? false,
        marker: stringField(entry, 'markers'),
        location
      })
    ]
  })
}

/** A category of one's own is installed on request only. */
function scopeOf(category: string): Scope {
  return category === 'default' ? 'runtime' : category === 'develop' ? 'development' : 'optional'
}

/** @returns nothing when an index decides, and the lock does not say which version */
function versionOf(name: string, entry: unknown, origin: Origin): string | undefined {
  const pinned = pinnedVersion(stringField(entry, 'version') ?? '')
  if (pinned !== undefined || origin.kind === 'registry') return pinned
  if (origin.kind === 'git') return origin.commit ?? ''
  const file = fileNameOf(origin.kind === 'archive' ? origin.url : origin.path) ?? ''
  return parseDistribution(file, name)?.version ?? ''
}

function originOf(entry: unknown, { path, sources, firstSource }: Context): Origin {
  const git = stringField(entry, 'git')
  if (git !== undefined) return gitOrigin(git, stringField(entry, 'ref'))
  const place = stringField(entry, 'file') ?? stringField(entry, 'path')
  if (place !== undefined) {
    return /^https?:/i.test(place)
      ? { kind: 'archive', url: withoutCredentials(place) }
      : { kind: 'local', path: pathFrom(path, place) }
  }
  const index = stringField(entry, 'index')
  const source = index === undefined ? firstSource : sources.get(index)
  const url = stringField(source, 'url')
  return { kind: 'registry', ...(url !== undefined && { url: withoutCredentials(url) }) }
}

/** Each hash is one of the version's files; of a single archive, all are of that one. */
function filesOf(
  hashes: readonly string[],
  origin: Origin,
  place: { readonly location: Location; readonly lines: LineFinder }
): readonly LockedFile[] {
  if (origin.kind === 'registry') return hashes.map((hash) => lockedFile({ hashes: [hash] }, place))
  if (origin.kind === 'git' || hashes.length === 0) return []
  const { location } = place
  const name = fileNameOf(origin.kind === 'archive' ? origin.url : origin.path)
  const url = origin.kind === 'archive' ? { url: origin.url } : {}
  const digests = hashes.flatMap(digestsOfHash)
  return [{ ...(name !== undefined && { name }), ...url, digests, location }]
}

interface Asked {
  readonly asked: Context['asked']
  readonly gaps: readonly Gap[]
}

/** What the Pipfile asks for, by the category's name in the lock. */
function askedFor(lockfile: string, read: ReadSibling): Asked {
  const path = posix.join(posix.dirname(lockfile), 'Pipfile')
  const file = read(path)
  if (!file) return unasked(lockfile, 'it is not beside the lock')
  try {
    const { value } = parseToml(file, { code: 'CONFIG_SYNTAX', remedy: 'Repair the Pipfile' })
    const names = (table: string): ReadonlySet<string> =>
      new Set(Object.keys(tableField(value, table)).map(normalPythonName))
    const own = Object.keys(value).map((category) => [category, names(category)] as const)
    const known = [
      ['default', names('packages')] as const,
      ['develop', names('dev-packages')] as const
    ]
    return { asked: new Map([...own, ...known]), gaps: [] }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return unasked(path, 'it is no TOML')
  }
}

function unasked(path: string, why: string): Asked {
  const reason = `${why}, so nobody knows what the project itself asks for`
  return { asked: undefined, gaps: [{ name: 'Pipfile', reason, location: { path } }] }
}
