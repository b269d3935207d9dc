import { allMarkers, anyMarker } from './marker.ts'
import { parsePythonVersion, satisfiesPython } from './version.ts'

/** Longest constraint that is read, in characters. */
const MAX_LENGTH = 2048

/**
 * Whether a version is among those that a constraint in Poetry's own form allows: `^1.2`, `~1.2`, `1.*`, `*`,
 * alternatives with `||`, and everything that PEP 440 has.
 *
 * @returns nothing when version or constraint cannot be read
 * @see https://python-poetry.org/docs/dependency-specification/#version-constraints
 */
export function satisfiesPoetry(version: string, constraint: string): boolean | undefined {
  const alternatives = pythonSpecifiers(constraint)
  if (!alternatives) return undefined
  const answers = alternatives.map((specifier) => satisfiesPython(version, specifier))
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

/**
 * A constraint in Poetry's form as PEP 440 specifiers.
 *
 * @returns one for each alternative; nothing when it cannot be read
 */
export function pythonSpecifiers(constraint: string): readonly string[] | undefined {
  if (constraint.length > MAX_LENGTH) return undefined
  const alternatives = constraint.split(/\|\|?/).map(specifierOf)
  return alternatives.every((specifier) => specifier !== undefined) ? alternatives : undefined
}

/** A constraint on Python itself, such as `<3.10`, as a marker; empty when that restricts nothing. */
export function pythonMarker(constraint: string): string {
  const alternatives = pythonSpecifiers(constraint)
  if (!alternatives || alternatives.includes('')) return ''
  return anyMarker(
    alternatives.map((specifier) =>
      allMarkers(
        specifier.split(',').map((clause) => {
          const [, operator = '', version = ''] = /^([=!<>~]+)(.*)$/.exec(clause) ?? []
          const variable = /^\d+\.\d+\./.test(version) ? 'python_full_version' : 'python_version'
          return `${variable} ${operator} '${version}'`
        })
      )
    )
  )
}

function specifierOf(alternative: string): string | undefined {
  // White space separates clauses too: `>=1.2 <2`, but belongs to an operator behind it.
  const clauses = alternative.replace(/([<>=!~^])\s+/g, '$1').split(/[\s,]+/)
  const specifiers = clauses.filter((clause) => clause !== '').map(clauseOf)
  return specifiers.includes(undefined) ? undefined : specifiers.filter(Boolean).join(',')
}

function clauseOf(clause: string): string | undefined {
  if (clause === '*') return ''
  if (/^(?:===|[=!<>~]=|[<>])/.test(clause)) return clause
  const [, operator = '', version = ''] = /^([\^~=]?)(.+)$/.exec(clause) ?? []
  if (version.endsWith('.*'))
    return operator === '' || operator === '=' ? `==${version}` : undefined
  if (!parsePythonVersion(version)) return undefined
  if (operator === '^') return `>=${version},<${caretBound(version)}`
  if (operator === '~') return `>=${version},<${tildeBound(version)}`
  return `==${version}`
}

/** The next version that changes the leftmost number that is not zero. */
function caretBound(version: string): string {
  const release = parsePythonVersion(version)?.release ?? []
  const first = release.findIndex((part) => part !== 0)
  const at = first < 0 ? release.length - 1 : first
  return bumped(release, at)
}

function tildeBound(version: string): string {
  const release = parsePythonVersion(version)?.release ?? []
  return bumped(release, release.length > 1 ? 1 : 0)
}

function bumped(release: readonly number[], at: number): string {
  return [...release.slice(0, at), (release[at] ?? 0) + 1].join('.')
}
