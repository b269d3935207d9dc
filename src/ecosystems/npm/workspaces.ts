import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'

/** Most patterns that are looked at: real projects have a handful. */
const MAX_PATTERNS = 1000

/**
 * Tells the project's own members from other folders that it links.
 *
 * @param root entry or package.json of the project
 * @returns whether a folder, relative to the project, is a member
 * @see https://docs.npmjs.com/cli/v11/using-npm/workspaces
 */
export function membersOf(root: JsonObject): (folder: string) => boolean {
  const field = root['workspaces']
  const listed = Array.isArray(field) ? field : jsonObjectOf(field)?.['packages']
  const patterns = (Array.isArray(listed) ? (listed as unknown[]) : [])
    .filter((pattern) => typeof pattern === 'string')
    .slice(0, MAX_PATTERNS)
    .map((pattern) => {
      const excludes = pattern.startsWith('!')
      const parts = pattern.slice(excludes ? 1 : 0).split('/')
      return { excludes, parts: parts.filter((part) => part !== '' && part !== '.') }
    })
  return (folder) => {
    const parts = folder.split('/')
    const last = patterns.findLast((pattern) => matches(pattern.parts, parts))
    return last !== undefined && !last.excludes
  }
}

/** Whether folder names match a pattern's. Linear for each `**`, however hostile. */
function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  // Patterns so far that may have matched, as positions: the classic simulation, without backtracking.
  let states = closure(pattern, new Set([0]))
  for (const part of parts) {
    const next = new Set<number>()
    for (const at of states) {
      const wanted = pattern[at]
      if (wanted === '**') next.add(at)
      else if (wanted !== undefined && matchesName(wanted, part)) next.add(at + 1)
    }
    states = closure(pattern, next)
  }
  return states.has(pattern.length)
}

/** `**` matches no folder at all, too. */
function closure(pattern: readonly string[], states: Set<number>): Set<number> {
  for (const at of states) if (pattern[at] === '**') states.add(at + 1)
  return states
}

/** Whether one folder name matches one part. Braces and brackets are read as "anything from here on". */
function matchesName(wanted: string, name: string): boolean {
  const special = wanted.search(/[{[(?]/)
  const pieces = (special === -1 ? wanted : `${wanted.slice(0, special)}*`).split('*')
  const first = pieces[0] ?? ''
  const last = pieces.length > 1 ? (pieces.at(-1) ?? '') : ''
  if (pieces.length === 1) return name === first
  if (!name.startsWith(first) || name.length < first.length + last.length) return false
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return name.endsWith(last) && name.length - last.length >= at
}
