import type { JsonObject } from '../../formats/json.ts'

/** An entry of a log as a bundle has it, and when the log says that it was made. */
export interface LogEntry {
  /** TransparencyLogEntry. */
  readonly json: JsonObject
  /** Milliseconds since 1970; a log of version 2 states none. */
  readonly at?: number
}

/** A text of the answer that has to be there. */
export function textAt(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number of the answer as its digits, which JSON of protocol buffers writes as a string, and leaves out when 0. */
export function digitsAt(object: JsonObject, name: string): string | undefined {
  const value = object[name] ?? 0
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined
  }
  return typeof value === 'string' && /^\d{1,19}$/.test(value) ? value : undefined
}

/** A list of texts of the answer, which may be left out when it is empty. */
export function textsAt(object: JsonObject, name: string): readonly string[] | undefined {
  const list: unknown = object[name] ?? []
  if (!Array.isArray(list)) return undefined
  const texts = list.filter((item) => typeof item === 'string')
  return texts.length === list.length ? texts : undefined
}

/**
 * The proof of an answer as a bundle has it; nothing when a part of it is missing.
 *
 * @param checkpoint text of it, which each version keeps elsewhere
 * @param hashOf turns a hash of the answer into base64, as a bundle has it
 */
export function proofIn(
  proof: JsonObject,
  checkpoint: string | undefined,
  hashOf: (text: string) => string
): JsonObject | undefined {
  const logIndex = digitsAt(proof, 'logIndex')
  const treeSize = digitsAt(proof, 'treeSize')
  const rootHash = textAt(proof, 'rootHash')
  const hashes = textsAt(proof, 'hashes')
  if (!logIndex || !treeSize || !rootHash || !hashes || !checkpoint) return undefined
  return {
    logIndex,
    rootHash: hashOf(rootHash),
    treeSize,
    hashes: hashes.map(hashOf),
    checkpoint: { envelope: checkpoint }
  }
}
