import { ParseError } from '../model/errors.ts'
import { conflictMarkerLine } from './conflict-markers.ts'
import { jsonFaultOf } from './json-fault.ts'

/** A JSON object. Keys are data: read them with `Object.hasOwn`, `Object.entries` or by a name that no prototype has. */
export type JsonObject = Readonly<Record<string, unknown>>

/** What an unreadable file is called, and how to repair it. */
export interface JsonFaultHelp {
  readonly code: 'LOCKFILE_SYNTAX' | 'CONFIG_SYNTAX'
  readonly remedy: string
}

/**
 * Parses a JSON file. A byte order mark is passed over, as package managers do.
 *
 * @throws ParseError of `help.code`, with the line and what was expected there
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJson(
  { path, text }: { readonly path: string; readonly text: string },
  help: JsonFaultHelp
): unknown {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return JSON.parse(plain)
  } catch (cause) {
    const conflict = conflictMarkerLine(plain)
    if (conflict !== undefined) {
      throw new ParseError({
        ...help,
        message: `Cannot parse "${path}": found the conflict markers of an unfinished merge, expected JSON`,
        line: conflict,
        cause
      })
    }
    const fault = jsonFaultOf(plain)
    const wrong = fault ? `found ${fault.found}, expected ${fault.expected}` : 'it is no JSON'
    throw new ParseError({
      ...help,
      message: `Cannot parse "${path}": ${wrong}`,
      line: fault?.line,
      cause
    })
  }
}

/** Parsed JSON; nothing when it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The JSON that bytes of UTF-8 are; nothing when they are anything else. */
export function jsonInUtf8(bytes: Uint8Array): unknown {
  try {
    return jsonIn(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** The JSON object that bytes are, where what is no UTF-8 is read as what stands for it; nothing when they are anything else. */
export function jsonObjectIn(bytes: Uint8Array): JsonObject | undefined {
  return jsonObjectOf(jsonIn(Buffer.from(bytes).toString('utf8')))
}

/** The value as an object; nothing when it is anything else, such as a list. */
export function jsonObjectOf(value: unknown): JsonObject | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as JsonObject) : undefined
}

/** What a message calls a value that is not of the kind it should be: `a list`, `null`, `a number`. */
export function jsonKindOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
