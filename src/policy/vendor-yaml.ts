import { parseMinisignKey } from '../formats/minisign.ts'
import {
  type Placed,
  readFlag,
  type Reading,
  readList,
  readMap,
  readText,
  refuse
} from '../formats/yaml-grammar.ts'
import type { VendorKeyRule, VendorPolicy } from '../model/policy.ts'

const MAX_RULES = 1000
const MAX_ITEMS = 1000
const MAX_CHARS = 1000

/** Form of a pattern; schema/policy-v1.schema.json has the same. */
const PATTERN = /^[\w.+*?/-]+$/

/** Reads `vendor` of a policy. */
export function readVendor(reading: Reading, placed: Placed): VendorPolicy {
  const fields = readMap(reading, placed, { 'allow-legacy': false, keys: false })
  const allowLegacy = fields['allow-legacy'] && readFlag(reading, fields['allow-legacy'])
  const rules = fields.keys ? readList(reading, fields.keys, MAX_RULES) : []
  return {
    allowLegacy: allowLegacy ?? false,
    keys: rules.flatMap((item) => readRule(reading, item) ?? [])
  }
}

function readRule(reading: Reading, placed: Placed): VendorKeyRule | undefined {
  const fields = readMap(reading, placed, { packs: true, pubkeys: true })
  const packs = fields.packs && readSome(reading, fields.packs, readPattern)
  const pubkeys = fields.pubkeys && readSome(reading, fields.pubkeys, readKey)
  return packs && pubkeys ? { packs, pubkeys } : undefined
}

function readSome(
  reading: Reading,
  placed: Placed,
  read: (reading: Reading, item: Placed) => string | undefined
): readonly string[] | undefined {
  const items = readList(reading, placed, MAX_ITEMS)
  if (placed.node.kind === 'list' && placed.node.items.length === 0) {
    return refuse(reading, placed, 'at least one entry')
  }
  return items.flatMap((item) => read(reading, item) ?? [])
}

function readPattern(reading: Reading, placed: Placed): string | undefined {
  const expected = 'the name of a vendored folder in its lock, such as "zlib" or "acme/*"'
  const text = readText(reading, placed, { expected, most: MAX_CHARS })
  if (text === undefined) return undefined
  return PATTERN.test(text) ? text : refuse(reading, placed, expected)
}

function readKey(reading: Reading, placed: Placed): string | undefined {
  const expected = 'a public key of minisign, such as "RWQ…"'
  const text = readText(reading, placed, { expected, most: MAX_CHARS })
  if (text === undefined) return undefined
  const key = parseMinisignKey(text)
  if (typeof key !== 'string' && key.text === text) return text
  // What is no public key may be a secret one: it is not shown.
  const found = typeof key === 'string' ? key : 'more than its line'
  const message = `"${placed.name}" is ${found}, expected ${expected}`
  reading.faults.push({ line: placed.node.line, message })
  return undefined
}
