import { type JsonObject, jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'
import type { StatementKind } from '../../model/settings.ts'

/** How long a verdict counts that says the same as today's, in milliseconds: whoever wants a fresh one gets one. */
const VERDICT_MS = 24 * 60 * 60 * 1000

/** Members of a predicate that tell when it was made, and nothing else. */
const TIMES: Readonly<Partial<Record<StatementKind, readonly (readonly string[])[]>>> = {
  provenance: [
    ['runDetails', 'metadata', 'startedOn'],
    ['runDetails', 'metadata', 'finishedOn']
  ],
  'provenance-v0.2': [
    ['metadata', 'buildStartedOn'],
    ['metadata', 'buildFinishedOn']
  ],
  verdict: [['timeVerified']]
}

/**
 * Compares two statements of one kind, but for the time at which they were made. Provenance names its run and
 * attempt, so that of another run never says the same.
 *
 * @param before a statement that was verified to be ours
 */
export function saysTheSame(kind: StatementKind, before: Uint8Array, now: Uint8Array): boolean {
  const times = TIMES[kind]
  if (times === undefined) return false
  const [old, fresh] = [jsonObjectIn(before), jsonObjectIn(now)]
  if (old === undefined || fresh === undefined) return false
  if (kind === 'verdict' && !isFresh(old, fresh)) return false
  return canonical(old, times) === canonical(fresh, times)
}

function isFresh(old: JsonObject, fresh: JsonObject): boolean {
  const age = Math.abs(timeOf(fresh) - timeOf(old))
  return age <= VERDICT_MS
}

function timeOf({ predicate }: JsonObject): number {
  const time = jsonObjectOf(predicate)?.['timeVerified']
  return typeof time === 'string' ? Date.parse(time) : NaN
}

/** JSON with sorted keys, without the times. */
function canonical(
  { predicate, ...rest }: JsonObject,
  times: readonly (readonly string[])[]
): string {
  const bare = times.reduce((value, path) => without(value, path), jsonObjectOf(predicate) ?? {})
  return JSON.stringify({ ...rest, predicate: bare }, (_key, value: unknown) => {
    const object = jsonObjectOf(value)
    return object === undefined
      ? value
      : Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function without(object: JsonObject, [name = '', ...path]: readonly string[]): JsonObject {
  const { [name]: value, ...rest } = object
  const inner = jsonObjectOf(value)
  return path.length === 0 || inner === undefined ? rest : { ...rest, [name]: without(inner, path) }
}
