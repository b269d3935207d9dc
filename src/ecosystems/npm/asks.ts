import { jsonKindOf, type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { LockEntry } from './lock-entry.ts'

/** One package that another asks for. */
interface Ask {
  readonly name: string
  /** A range, a tag, a URL …; empty when the lock gives none. */
  readonly spec: string
  readonly field: (typeof FIELDS)[number]
  /** May be missing: on another machine, or by the user's choice. */
  readonly optional: boolean
}

/** Fields of an entry that ask, in npm's order: of two that name the same package, the later one counts. */
const FIELDS = [
  'peerDependencies',
  'dependencies',
  'optionalDependencies',
  'devDependencies'
] as const

/** What an entry asks for. */
interface Asks {
  readonly asks: readonly Ask[]
  /** What is damaged in it, for gaps. */
  readonly faults: readonly string[]
}

/** Everything that an entry asks for, of every kind: development dependencies only of folders of the project. */
export function asksOf(entry: LockEntry): Asks {
  const { raw } = entry
  const asks = new Map<string, Ask>()
  const faults: string[] = []
  const meta = jsonObjectOf(raw['peerDependenciesMeta'])
  for (const field of FIELDS) {
    const value = raw[field]
    if (value === undefined || (field === 'devDependencies' && entry.holder !== undefined)) continue
    const listed = jsonObjectOf(value)
    if (listed === undefined) {
      faults.push(`its ${field} are ${jsonKindOf(value)}, not an object`)
    }
    for (const [name, wanted] of Object.entries(listed ?? {})) {
      const spec = typeof wanted === 'string' ? wanted : ''
      const optional =
        field === 'optionalDependencies' ||
        (field === 'peerDependencies' && isOptionalPeer(meta, name))
      asks.set(name, { name, spec, field, optional })
    }
  }
  return { asks: [...asks.values()], faults }
}

function isOptionalPeer(meta: JsonObject | undefined, name: string): boolean {
  if (meta === undefined || !Object.hasOwn(meta, name)) return false
  return jsonObjectOf(meta[name])?.['optional'] === true
}
