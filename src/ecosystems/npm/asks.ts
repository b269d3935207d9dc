import { jsonKindOf, type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { LockEntry } from './lock-entry.ts'

type Field = (typeof FIELDS)[number]

/** One package that another asks for. */
interface Ask {
  readonly name: string
  /** A range, a tag, a URL …; empty when the lock gives none. */
  readonly spec: string
  readonly field: Field
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

/** Locks list development dependencies of the project's own folders only. */
const INSTALLED_FIELDS = FIELDS.slice(0, 3)

/** What an entry asks for. */
interface Asks {
  readonly asks: readonly Ask[]
  /** What is damaged in it, for gaps. */
  readonly faults: readonly string[]
}

/** Everything that an entry asks for, of every kind: development dependencies only of folders of the project. */
export function asksOf({ raw, holder }: LockEntry): Asks {
  const fields: { readonly field: Field; readonly listed: JsonObject }[] = []
  const faults: string[] = []
  for (const field of holder === undefined ? FIELDS : INSTALLED_FIELDS) {
    const value = raw[field]
    if (value === undefined) continue
    const listed = jsonObjectOf(value)
    if (listed) fields.push({ field, listed })
    else faults.push(`its ${field} are ${jsonKindOf(value)}, not an object`)
  }
  const asks: Ask[] = []
  for (const [at, { field, listed }] of fields.entries()) {
    for (const name of Object.keys(listed)) {
      if (fields.some((other, place) => place > at && Object.hasOwn(other.listed, name))) continue
      const spec = listed[name]
      const optional =
        field === 'optionalDependencies' ||
        (field === 'peerDependencies' && isOptionalPeer(raw, name))
      asks.push({ name, spec: typeof spec === 'string' ? spec : '', field, optional })
    }
  }
  return { asks, faults }
}

function isOptionalPeer(raw: JsonObject, name: string): boolean {
  const meta = jsonObjectOf(raw['peerDependenciesMeta'])
  if (meta === undefined || !Object.hasOwn(meta, name)) return false
  return jsonObjectOf(meta[name])?.['optional'] === true
}
