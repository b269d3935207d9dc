import { posix } from 'node:path'
import { stringField, tableField } from '../../formats/plain-data.ts'
import {
  digestsOfHash,
  fileNameOf,
  gitOrigin,
  withoutCredentials
} from '../../formats/python/component.ts'
import { guessDistribution, isDistributionName } from '../../formats/python/distribution.ts'
import { isPythonName, normalPythonName } from '../../formats/python/name.ts'
import { projectNameOf } from '../../formats/python/pyproject.ts'
import { parseRequirement, pinnedVersion } from '../../formats/python/requirement.ts'
import type { RequirementLine } from '../../formats/python/requirements-file.ts'
import { normalPythonVersion } from '../../formats/python/version.ts'
import { parseToml } from '../../formats/toml.ts'
import type { LockedFile, Location, Origin } from '../../model/component.ts'
import { ParseError } from '../../model/errors.ts'
import type { ReadSibling } from '../ecosystem.ts'

/** What one line asks for. */
export type Asked =
  | {
      readonly kind: 'package'
      /** Normalised. */
      readonly name: string
      readonly version: string
      readonly origin: Origin
      readonly files: readonly LockedFile[]
      readonly marker?: string | undefined
    }
  /** A version that the line leaves open: a constraint may pin it. */
  | { readonly kind: 'open'; readonly name: string; readonly marker?: string | undefined }
  /** The project itself. */
  | { readonly kind: 'project' }
  | { readonly kind: 'gap'; readonly name: string; readonly reason: string }

interface Place {
  /** Of the requirements file. */
  readonly path: string
  readonly read: ReadSibling
}

/** Reads what a line asks for. */
export function askedFor(line: RequirementLine, place: Place): Asked {
  const requirement = line.editable ? undefined : parseRequirement(line.text)
  if (requirement?.url === undefined && requirement) {
    const { name, specifier, marker } = requirement
    const version = pinnedVersion(specifier)
    if (version === undefined) return { kind: 'open', name, marker }
    const origin: Origin = { kind: 'registry' }
    return {
      kind: 'package',
      name,
      version,
      origin,
      files: registryFiles(line, place.path),
      marker
    }
  }
  const [target = '', marker] = requirement
    ? [requirement.url, requirement.marker]
    : line.text.split(/\s+;\s*/, 2)
  const name = requirement?.name ?? eggOf(target)
  if (/^(?:git|hg|svn|bzr)\+/i.test(target)) return repositoryAsked(target, { name, marker })
  if (/^https?:/i.test(target))
    return archiveAsked(target, { name, marker, line, path: place.path })
  if (isPath(target) || line.editable) return localAsked(target, { name, marker, line, place })
  return { kind: 'gap', name: line.text, reason: 'it cannot be read as a requirement' }
}

/** Each hash is one of the version's files. */
export function registryFiles({ hashes }: RequirementLine, path: string): readonly LockedFile[] {
  return hashes.map(({ hash, line }) => ({
    digests: digestsOfHash(hash),
    location: { path, line }
  }))
}

interface Known {
  readonly name: string | undefined
  readonly marker: string | undefined
}

function repositoryAsked(target: string, { name, marker }: Known): Asked {
  if (name === undefined) return nameless(target)
  const [address = ''] = target.split('#', 1)
  const at = address.lastIndexOf('@')
  const hasRef =
    at > address.replace(/^[a-z+]+:\/\//i, '').indexOf('/') + address.indexOf('://') + 2
  const url = hasRef ? address.slice(0, at) : address
  const ref = hasRef ? address.slice(at + 1) : ''
  const commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(ref) ? ref.toLowerCase() : undefined
  const origin: Origin = /^git\+/i.test(target)
    ? gitOrigin(url, commit)
    : { kind: 'archive', url: withoutCredentials(address) }
  return { kind: 'package', name, version: commit ?? '', origin, files: [], marker }
}

function archiveAsked(
  target: string,
  { name, marker, line, path }: Known & { readonly line: RequirementLine; readonly path: string }
): Asked {
  const [address = '', fragment = ''] = target.split('#', 2)
  const file = fileNameOf(address)
  const guess = file === undefined ? undefined : guessDistribution(file)
  const known = name ?? guess?.name
  if (known === undefined) return nameless(target)
  const hashes = [...line.hashes.map(({ hash }) => hash), ...fragment.split('&')]
  const url = withoutCredentials(address)
  return {
    kind: 'package',
    name: known,
    version: guess?.name === known ? guess.version : '',
    origin: { kind: 'archive', url },
    files: [
      {
        ...(file !== undefined && { name: file }),
        url,
        digests: hashes.flatMap(digestsOfHash),
        location: locationOf(line, path)
      }
    ],
    marker
  }
}

function localAsked(
  target: string,
  { name, marker, line, place }: Known & { readonly line: RequirementLine; readonly place: Place }
): Asked {
  const written = target
    .replace(/[#].*$/, '')
    .replace(/\[[^\]]*\]$/, '')
    .replace(/^file:(?:\/\/)?/i, '')
  const folder = posix.join(posix.dirname(place.path), written.replaceAll('\\', '/'))
  const path = folder.replace(/(?<=.)\/$/, '')
  const guess = guessDistribution(posix.basename(path))
  const project = guess ? undefined : projectIn(path, place.read)
  // The checkout's own root, or the folder that the requirements lie in.
  const isProject = /^\.?\/?$/.test(written) || path === '.'
  if (isProject && line.hashes.length === 0) return { kind: 'project' }
  const known = name ?? guess?.name ?? project?.name
  if (known === undefined) return nameless(target)
  const digests = line.hashes.flatMap(({ hash }) => digestsOfHash(hash))
  const files =
    digests.length === 0
      ? []
      : [{ name: posix.basename(path), digests, location: locationOf(line, place.path) }]
  const version = guess?.version ?? project?.version ?? ''
  return { kind: 'package', name: known, version, origin: { kind: 'local', path }, files, marker }
}

function projectIn(
  folder: string,
  read: ReadSibling
): { readonly name: string | undefined; readonly version: string } | undefined {
  const file = read(posix.join(folder, 'pyproject.toml'))
  if (!file) return undefined
  try {
    const { value } = parseToml(file, { code: 'CONFIG_SYNTAX', remedy: '' })
    const version = stringField(tableField(value, 'project'), 'version') ?? ''
    return { name: projectNameOf(value), version: normalPythonVersion(version) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return undefined
  }
}

function isPath(target: string): boolean {
  return (
    /^(?:file:|\.{0,2}[\\/]|\.$|\.\.$|\.\[)/i.test(target) ||
    /[\\/]/.test(target) ||
    isDistributionName(target)
  )
}

function eggOf(target: string): string | undefined {
  const [, egg = ''] = /[#&]egg=([^&[\s]+)/.exec(target) ?? []
  return isPythonName(egg) ? normalPythonName(egg) : undefined
}

function nameless(target: string): Asked {
  const reason = 'nothing says which package it is: write `name @` before it'
  return { kind: 'gap', name: withoutCredentials(target), reason }
}

function locationOf({ line }: RequirementLine, path: string): Location {
  return { path, line }
}
