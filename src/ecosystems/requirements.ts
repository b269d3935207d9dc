import { pythonComponent, pythonPurl } from '../formats/python/component.ts'
import { labelOf } from '../formats/python/lock-entry.ts'
import { isPythonName, normalPythonName } from '../formats/python/name.ts'
import type { RequirementLine } from '../formats/python/requirements-file.ts'
import { includedBy, type LoadedFile, loadFiles } from '../formats/python/requirements-tree.ts'
import type { Component, Gap } from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import type { Purl } from '../model/purl.ts'
import {
  type Ecosystem,
  type Extraction,
  extractionOf,
  type ReadSibling,
  type SourceFile
} from './ecosystem.ts'
import { type Asked, askedFor, registryFiles } from './requirements/asked.ts'
import { holdsRequirements, mayHoldRequirements, scopeOfFile } from './requirements/names.ts'

/**
 * pip's requirements files, with all that they include: `*requirements*.txt` (also `.lock`, as Rye names them),
 * and files such as `dev.txt` in a folder `requirements` or `reqs`. Where `pip-compile` or `uv` noted in comments
 * who needs what, that gives the edges.
 */
export const requirements: Ecosystem = {
  id: 'requirements',
  ecosystem: 'PyPI',
  reads:
    '`requirements*.txt`, `*-requirements.txt` and `requirements/*.txt` with the files they include',
  recognises: mayHoldRequirements,
  entryPoints,
  extract
}

/** A file that another one includes is read with it. Of files that include each other, the first is read. */
function entryPoints(paths: readonly string[], read: ReadSibling): readonly string[] {
  const named = paths.filter(holdsRequirements)
  const includes = new Map(named.map((path) => [path, includesIn(path, read)]))
  const included = new Set(
    [...includes].flatMap(([path, to]) => to.filter((other) => other !== path))
  )
  const covered = new Set<string>()
  const entries: string[] = []
  const firstFree = [...named.filter((path) => !included.has(path)), ...named]
  for (const path of firstFree) {
    if (covered.has(path)) continue
    entries.push(path)
    const queue = [path]
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (covered.has(next)) continue
      covered.add(next)
      for (const include of includes.get(next) ?? []) queue.push(include)
    }
  }
  return entries.sort()
}

function includesIn(path: string, read: ReadSibling): readonly string[] {
  try {
    const file = read(path)
    return file ? includedBy(file) : []
  } catch (error) {
    if (error instanceof ParseError) return []
    throw error
  }
}

/** @see https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
function extract(file: SourceFile, read: ReadSibling): Extraction {
  if (!holdsRequirements(file.path)) return extractionOf([], [], [])
  const { files, gaps: missing } = loadFiles(file, read)
  const gaps: Gap[] = [...missing]
  const pins = pinsOf(files, read)
  const found = files
    .filter(({ kind }) => kind === 'requirement')
    .flatMap((each) => packagesIn(each, { read, pins, gaps }))
  const components = componentsOf(found)
  const direct = components.filter((component) => component.direct).map(({ purl }) => purl)
  return extractionOf(components, direct, gaps)
}

type Package = Extract<Asked, { kind: 'package' }>

/** A package, the line that asks for it, and the file of that line. */
interface Found {
  readonly asked: Package
  readonly purl: Purl
  readonly line: RequirementLine
  readonly path: string
  /** The file notes for every package who needs it. */
  readonly annotated: boolean
}

/** What constraint files pin, by name. */
type Pins = ReadonlyMap<string, Package>

function pinsOf(files: readonly LoadedFile[], read: ReadSibling): Pins {
  const pins = new Map<string, Package>()
  for (const { path, kind, parsed } of files) {
    if (kind !== 'constraint') continue
    for (const line of parsed.requirements) {
      const asked = askedFor(line, { path, read })
      if (asked.kind === 'package' && !pins.has(asked.name)) pins.set(asked.name, asked)
    }
  }
  return pins
}

interface Context {
  readonly read: ReadSibling
  readonly pins: Pins
  readonly gaps: Gap[]
}

function packagesIn({ path, parsed }: LoadedFile, { read, pins, gaps }: Context): readonly Found[] {
  const annotated = parsed.requirements.some(({ via }) => via.length > 0)
  return parsed.requirements.flatMap((line) => {
    const written = askedFor(line, { path, read })
    const asked = written.kind === 'open' ? pinnedBy(written, line, { path, pins }) : written
    if (asked.kind === 'package') {
      return [{ asked, purl: pythonPurl(asked), line, path, annotated }]
    }
    if (asked.kind === 'gap') {
      const { name, reason } = asked
      gaps.push({ name: labelOf(name), reason, location: { path, line: line.line } })
    }
    return []
  })
}

/** The line's own hashes count, and else those of the constraint. */
function pinnedBy(
  { name, marker }: Extract<Asked, { kind: 'open' }>,
  line: RequirementLine,
  { path, pins }: { readonly path: string; readonly pins: Pins }
): Asked {
  const pin = pins.get(name)
  if (!pin) return { kind: 'gap', name, reason: 'its version is a range, not a pin' }
  const own = registryFiles(line, path)
  return { ...pin, files: own.length > 0 ? own : pin.files, marker: marker ?? pin.marker }
}

function componentsOf(found: readonly Found[]): readonly Component[] {
  const byName = Map.groupBy(found, ({ asked }) => asked.name)
  const dependsOn = new Map<Purl, Purl[]>()
  const direct = new Set<Purl>()
  for (const { purl, line, annotated } of found) {
    const needed = annotated ? neededBy(line.via, byName) : { parents: [], byProject: true }
    if (needed.byProject) direct.add(purl)
    for (const parent of needed.parents) {
      const known = dependsOn.get(parent.purl)
      if (known) known.push(purl)
      else dependsOn.set(parent.purl, [purl])
    }
  }
  return found.map(({ asked, purl, line, path, annotated }) =>
    pythonComponent({
      ...asked,
      purl,
      scope: scopeOfFile(path),
      direct: direct.has(purl),
      dependsOn: annotated ? (dependsOn.get(purl) ?? []) : undefined,
      location: { path, line: line.line }
    })
  )
}

interface Needed {
  readonly parents: readonly Found[]
  readonly byProject: boolean
}

/**
 * Reads notes such as `httpx`, `-r requirements.in`, `app (pyproject.toml)`. What is no package of the file
 * is the project; `-c` only says who constrains it.
 */
function neededBy(via: readonly string[], byName: ReadonlyMap<string, readonly Found[]>): Needed {
  const parents: Found[] = []
  let byProject = via.length === 0
  for (const note of via) {
    if (note.startsWith('-c')) continue
    const name = note.replace(/\[[^\]]*\]$/, '')
    const named = isPythonName(name) ? byName.get(normalPythonName(name)) : undefined
    if (named) parents.push(...named.slice(0, MAX_FORKS))
    else byProject = true
  }
  return { parents, byProject }
}

/** Most versions of one name that a note can mean. */
const MAX_FORKS = 16
