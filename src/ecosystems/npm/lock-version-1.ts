import { posix } from 'node:path'
import { KEY_SEPARATOR } from '../../formats/json-lines.ts'
import { jsonKindOf, type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { textOf } from './lock-entry.ts'
import { isFolderSpec, isGitSpec, isUrlSpec } from './spec.ts'

/** An entry of the nested tree of a version 1 lock, in the shape of a version 3 one. */
interface Version1Entry {
  readonly path: string
  /** Its keys from the outside in, as {@link EntryLines} names them. */
  readonly keys: string
  readonly raw: JsonObject
  /** Why it is no entry. */
  readonly fault?: string
}

/** Deepest nesting that is followed. */
const MAX_DEPTH = 128

/** A `dependencies` object that is to be read. */
interface Level {
  /** Folder whose `node_modules` it describes. */
  readonly folder: string
  readonly keys: string
  readonly depth: number
  readonly listed: JsonObject
}

/**
 * Flattens the tree that npm 5 and 6 wrote. `version` there holds a version, an alias, a git URL, the URL
 * of an archive or a path, and `requires` stands for every kind of dependency.
 *
 * @see https://docs.npmjs.com/cli/v6/configuring-npm/package-lock-json
 */
export function* entriesOfVersion1(lock: JsonObject): Generator<Version1Entry> {
  const targets = new Set<string>()
  const levels: Level[] = []
  const open = (level: Omit<Level, 'listed'>, raw: JsonObject): string | undefined => {
    if (!Object.hasOwn(raw, 'dependencies')) return undefined
    const listed = jsonObjectOf(raw['dependencies'])
    if (listed === undefined) return `its dependencies are ${jsonKindOf(raw['dependencies'])}`
    if (level.depth > MAX_DEPTH) return 'its dependencies are nested deeper than npm can'
    levels.push({ ...level, listed })
    return undefined
  }
  open({ folder: '', keys: '', depth: 1 }, lock)
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    for (const [name, value] of Object.entries(level.listed)) {
      const path = `${level.folder === '' ? '' : `${level.folder}/`}node_modules/${name}`
      const keys = level.depth === 1 ? name : level.keys + KEY_SEPARATOR + name
      const raw = jsonObjectOf(value)
      if (raw === undefined) {
        yield { path, keys, raw: {}, fault: `it is ${jsonKindOf(value)}, not an object` }
        continue
      }
      const target = linkTargetOf(raw)
      if (target === undefined) {
        yield { path, keys, raw: modernOf(name, raw) }
      } else {
        yield { path, keys, raw: { link: true, resolved: target } }
        if (!targets.has(target)) yield { path: target, keys, raw: { ...flagsOf(raw), name } }
        targets.add(target)
      }
      const fault = open({ folder: target ?? path, keys, depth: level.depth + 1 }, raw)
      if (fault !== undefined) yield { path, keys, raw: {}, fault }
    }
  }
}

/** Folder that an entry is a link to; nothing when it is none. */
function linkTargetOf(raw: JsonObject): string | undefined {
  const version = textOf(raw, 'version') ?? ''
  if (!isFolderSpec(version)) return undefined
  return posix.normalize(version.slice('file:'.length)).replace(/\/$/, '').replace(/^\.$/, '')
}

function modernOf(name: string, raw: JsonObject): JsonObject {
  const version = textOf(raw, 'version') ?? ''
  const integrity = textOf(raw, 'integrity')
  const modern = { ...flagsOf(raw), ...(integrity !== undefined && { integrity }) }
  if (version.startsWith('npm:')) {
    const at = version.lastIndexOf('@')
    const real = version.slice('npm:'.length, at)
    return { ...modern, name: real, version: version.slice(at + 1), resolved: raw['resolved'] }
  }
  if (isGitSpec(version)) return { ...modern, resolved: version }
  if (isUrlSpec(version) || version.startsWith('file:')) {
    return { ...modern, resolved: version, remote: true, version: versionInFileName(name, version) }
  }
  return { ...modern, version, resolved: raw['resolved'] }
}

function flagsOf(raw: JsonObject): JsonObject {
  const { dev, optional, bundled, requires } = raw
  const dependencies = jsonObjectOf(requires) ?? {}
  const bundleDependencies = bundledBy(raw, dependencies)
  return { dev, optional, inBundle: bundled, dependencies, bundleDependencies }
}

/** What a package has in its archive: what lies in it, is called bundled, and is asked for by it. */
function bundledBy(raw: JsonObject, asked: JsonObject): readonly string[] {
  return Object.entries(jsonObjectOf(raw['dependencies']) ?? {})
    .filter(([name, entry]) => {
      return Object.hasOwn(asked, name) && jsonObjectOf(entry)?.['bundled'] === true
    })
    .map(([name]) => name)
}

/** `1.0.0-rc.1` for `…/left-pad-1.0.0-rc.1.tgz`; empty when the file is named otherwise. */
function versionInFileName(name: string, url: string): string {
  const file = url.slice(url.lastIndexOf('/') + 1)
  const start = `${name.slice(name.lastIndexOf('/') + 1)}-`
  if (!file.startsWith(start) || !file.endsWith('.tgz')) return ''
  const version = file.slice(start.length, -'.tgz'.length)
  return /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(version) ? version : ''
}
