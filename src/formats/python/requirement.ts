import { isPythonName, normalPythonName } from './name.ts'
import { normalPythonVersion, parsePythonVersion } from './version.ts'

/** A dependency specifier. @see https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
export interface Requirement {
  /** Normalised. */
  readonly name: string
  /** Normalised. */
  readonly extras: readonly string[]
  /** As written, without parentheses: `>=1.2,<2`; empty when any version will do. */
  readonly specifier: string
  /** Of `name @ url`. */
  readonly url?: string
  /** As written. */
  readonly marker?: string
}

const HEAD = /^([A-Z0-9][A-Z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*/i

/**
 * Reads a dependency specifier such as `requests[socks]>=2.8,<3 ; python_version < "3.13"`.
 *
 * @returns nothing when it is none
 */
export function parseRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim()
  const head = HEAD.exec(trimmed)
  const [, name = '', extras = ''] = head ?? []
  if (!head || !isPythonName(name)) return undefined
  const rest = trimmed.slice(head[0].length)
  const tail = rest.startsWith('@') ? urlAndMarker(rest) : specifierAndMarker(rest)
  return tail && { name: normalPythonName(name), extras: extrasOf(extras), ...tail }
}

/**
 * The version that a specifier pins, normalised: `==1.2` or `===1.2`.
 *
 * @returns nothing for ranges, wildcards and anything else that lets several versions in
 */
export function pinnedVersion(specifier: string): string | undefined {
  const [, operator, version = ''] = /^(===?)\s*([^\s,*]+)$/.exec(specifier.trim()) ?? []
  if (operator === undefined) return undefined
  return operator === '===' || parsePythonVersion(version)
    ? normalPythonVersion(version)
    : undefined
}

type Tail = Pick<Requirement, 'specifier' | 'url' | 'marker'>

/** A URL ends at white space; a semicolon inside it is part of it. */
function urlAndMarker(rest: string): Tail | undefined {
  const [, url = '', marker] = /^@\s*(\S+)(?:\s+;\s*(.*))?\s*$/s.exec(rest) ?? []
  return url === '' ? undefined : { specifier: '', url, ...markerOf(marker) }
}

function specifierAndMarker(rest: string): Tail | undefined {
  const semicolon = rest.indexOf(';')
  const written = (semicolon < 0 ? rest : rest.slice(0, semicolon)).trim()
  const specifier = /^\(.*\)$/s.test(written) ? written.slice(1, -1).trim() : written
  const clauses = specifier === '' ? [] : specifier.split(',')
  const valid = clauses.every((clause) =>
    /^\s*(?:===|[=!<>~]=|[<>])\s*[^\s,;()=<>~]+\s*$/.test(clause)
  )
  if (!valid) return undefined
  return { specifier, ...markerOf(semicolon < 0 ? undefined : rest.slice(semicolon + 1)) }
}

function markerOf(text: string | undefined): { readonly marker?: string } {
  const marker = text?.trim() ?? ''
  return marker === '' ? {} : { marker }
}

function extrasOf(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  return names.filter(isPythonName).map(normalPythonName).sort()
}
