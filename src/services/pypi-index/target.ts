import { posix } from 'node:path'
import { stringField, tableField } from '../../formats/plain-data.ts'
import { evaluateMarker, type MarkerEnvironment, parseMarker } from '../../formats/python/marker.ts'
import { pythonSpecifiers } from '../../formats/python/poetry-constraint.ts'
import { requiredPythonOf } from '../../formats/python/pyproject.ts'
import { markerEnvironmentOf, wheelTagsOf } from '../../formats/python/target.ts'
import { satisfiesPython } from '../../formats/python/version.ts'
import { parseToml } from '../../formats/toml.ts'
import { ParseError } from '../../model/errors.ts'
import { type ConfigHost, MAX_CONFIG_BYTES } from './source.ts'

/** The interpreter and machine that files are chosen for. */
export interface Target {
  /** Ranks of the wheel tags that it installs. */
  readonly tags: ReadonlyMap<string, number>
  readonly environment: MarkerEnvironment
}

type Version = readonly [number, number]

/**
 * Minor versions of Python 3 that are thought of when nobody names one, the likeliest first: the newest that has
 * been out for a year, for which nearly everything has wheels, then older ones, then newer ones.
 */
const LIKELY_MINORS = [14, 13, 12, 11, 10, 9, 8, 7, 6, 15, 16, 17, 18, 19, 20] as const

/**
 * Finds out for which CPython a lock's files are chosen on this machine.
 *
 * The first that says so: `.python-version` in the lock's folder or one above it; the interpreter that
 * `actions/setup-python` has set up, or `UV_PYTHON`, when the project allows it; the likeliest version that the
 * project's `requires-python`, Poetry's `python` or the Pipfile's `python_version` allows; the likeliest of all.
 * Which interpreter there really is would only be known by running it.
 *
 * @returns a function of the folder, relative to the checkout
 */
export function targetsOf(host: ConfigHost): (folder: string) => Target {
  const known = new Map<string, Target>()
  const made = new Map<string, Target>()
  return (folder) => {
    const before = known.get(folder)
    if (before) return before
    const version = pinnedPython(host, folder) ?? allowedPython(host, folder)
    const key = version.join('.')
    const target = made.get(key) ?? targetOf(host, version)
    made.set(key, target)
    known.set(folder, target)
    return target
  }
}

function targetOf({ platform }: ConfigHost, version: Version): Target {
  const target = { version, ...platform }
  return { tags: wheelTagsOf(target), environment: markerEnvironmentOf(target) }
}

/** Whether a marker lets a package in on this target. What nobody knows, as extras, does. */
export function isMeantFor(marker: string | undefined, { environment }: Target): boolean {
  const parsed = marker === undefined ? undefined : parseMarker(marker)
  return !parsed || evaluateMarker(parsed, environment) !== false
}

/** `.python-version`, as pyenv and uv read it: of the folder, or the nearest above. */
function pinnedPython({ files }: ConfigHost, folder: string): Version | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    const text = files.readText(posix.join(at, '.python-version'), MAX_CONFIG_BYTES)
    const [line] = (text ?? '').split('\n').filter((each) => !/^\s*(?:#|$)/.test(each))
    const version =
      line === undefined ? undefined : versionIn(line.trim().replace(/^cpython[-@]/, ''))
    if (version) return version
    if (at === '.' || at === '') return undefined
  }
}

function versionIn(text: string): Version | undefined {
  const [, major, minor] = /^(\d)\.(\d{1,2})(?:[.\s+a-z]|$)/.exec(text) ?? []
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)]
}

function allowedPython(host: ConfigHost, folder: string): Version {
  const specifiers = pythonSpecifiers(askedPython(host, folder)) ?? ['']
  const isAllowed = ([major, minor]: Version): boolean =>
    specifiers.some((each) => satisfiesPython(`${major}.${minor}.99`, each) !== false)
  const likely = LIKELY_MINORS.map((minor): Version => [3, minor])
  return [...presentPython(host.env), ...likely].find(isAllowed) ?? [3, LIKELY_MINORS[0]]
}

/** What this job has set up. */
function presentPython(env: ConfigHost['env']): readonly Version[] {
  const setUp = /[\\/]Python[\\/](\d\.\d{1,2}[^\\/]*)/i.exec(env['pythonLocation'] ?? '')?.[1]
  return [env['UV_PYTHON'] ?? '', setUp ?? ''].flatMap((text) => {
    const version = versionIn(text)
    return version ? [version] : []
  })
}

/** Empty when nobody asks for any. */
function askedPython({ files }: ConfigHost, folder: string): string {
  const tableIn = (name: string): unknown => {
    const path = posix.join(folder, name)
    const text = files.readText(path, MAX_CONFIG_BYTES)
    try {
      return text === undefined
        ? undefined
        : parseToml({ path, text }, { code: 'CONFIG_SYNTAX', remedy: '' }).value
    } catch (error) {
      if (error instanceof ParseError) return undefined
      throw error
    }
  }
  const project = tableIn('pyproject.toml')
  const required = requiredPythonOf(tableField({ project }, 'project'))
  if (required !== undefined) return required
  const requires = tableField(tableIn('Pipfile'), 'requires')
  const version =
    stringField(requires, 'python_version') ?? stringField(requires, 'python_full_version')
  return version === undefined || version === '*'
    ? ''
    : `==${version.split('.').slice(0, 2).join('.')}.*`
}
