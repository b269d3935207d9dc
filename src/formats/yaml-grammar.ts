import type { YamlEntry, YamlFault, YamlNode } from './yaml-tree.ts'
import { nearestOf } from '../model/nearest.ts'

/** What is read while faults are collected: a fault leaves a value out, and reading goes on. */
export interface Reading {
  readonly faults: YamlFault[]
}

/** How messages name a node: its path from the root, as in `spec.waivers[2].expires`. */
export interface Placed {
  readonly name: string
  readonly node: YamlNode
}

/** What a message says was found. */
function foundIn(node: YamlNode): string {
  if (node.kind === 'map') return 'keys and values'
  if (node.kind === 'list') return 'a list'
  return node.value === null ? 'nothing' : JSON.stringify(node.value)
}

/** Notes that a node is not what it should be. */
export function refuse(reading: Reading, { name, node }: Placed, expected: string): undefined {
  const message = `"${name}" is ${foundIn(node)}, expected ${expected}`
  reading.faults.push({ line: node.line, message })
  return undefined
}

/**
 * The entries of a node by key, none of them unknown, all that are required there.
 *
 * @param keys every key that may be there; `true` for those that must
 */
export function readMap<const Keys extends Readonly<Record<string, boolean>>>(
  reading: Reading,
  placed: Placed,
  keys: Keys
): { readonly [Key in keyof Keys]?: Placed } {
  const { name, node } = placed
  if (node.kind !== 'map') {
    refuse(reading, placed, `the keys ${quotedList(Object.keys(keys))}`)
    return {}
  }
  const known: Partial<Record<keyof Keys, Placed>> = {}
  for (const { key, line, value } of node.entries) {
    if (Object.hasOwn(keys, key)) {
      known[key as keyof Keys] = { name: name === '' ? key : `${name}.${key}`, node: value }
    } else {
      reading.faults.push({ line, message: unknownKey(key, Object.keys(keys), name) })
    }
  }
  for (const [key, required] of Object.entries(keys)) {
    if (required && !known[key]) {
      const message = `${name === '' ? 'the file' : `"${name}"`} has no "${key}"`
      reading.faults.push({ line: node.line, message })
    }
  }
  return known
}

function unknownKey(key: string, keys: readonly string[], parent: string): string {
  const nearest = nearestOf(key, keys)
  const hint = nearest === undefined ? `expected ${quotedList(keys)}` : `did you mean "${nearest}"?`
  const where = parent === '' ? '' : ` in "${parent}"`
  return `unknown key ${JSON.stringify(key)}${where}, ${hint}`
}

/** The entries of a node whose keys are free. */
export function readEntries(reading: Reading, placed: Placed): readonly YamlEntry[] {
  if (placed.node.kind === 'map') return placed.node.entries
  refuse(reading, placed, 'keys and values')
  return []
}

/** The items of a node, no more than `most`. */
export function readList(reading: Reading, placed: Placed, most: number): readonly Placed[] {
  const { name, node } = placed
  if (node.kind !== 'list') {
    refuse(reading, placed, 'a list')
    return []
  }
  if (node.items.length > most) {
    const message = `"${name}" has ${node.items.length} entries, expected at most ${most}`
    reading.faults.push({ line: node.line, message })
    return []
  }
  return node.items.map((item, index) => ({ name: `${name}[${index}]`, node: item }))
}

/** A text that says something. */
export function readText(
  reading: Reading,
  placed: Placed,
  { expected, most }: { readonly expected: string; readonly most: number }
): string | undefined {
  const { node } = placed
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value.trim() === '') {
    return refuse(reading, placed, expected)
  }
  if (node.value.length <= most) return node.value
  const message = `"${placed.name}" has ${node.value.length} characters, expected at most ${most}`
  reading.faults.push({ line: node.line, message })
  return undefined
}

/** A text of a certain form. */
export function readForm(
  reading: Reading,
  placed: Placed,
  form: { readonly pattern: RegExp; readonly expected: string; readonly most: number }
): string | undefined {
  const text = readText(reading, placed, form)
  if (text === undefined) return undefined
  return form.pattern.test(text) ? text : refuse(reading, placed, form.expected)
}

/** One of several words. */
export function readWord<const Word extends string>(
  reading: Reading,
  placed: Placed,
  words: readonly Word[]
): Word | undefined {
  const { node } = placed
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
  const found = words.find((word) => word === text)
  if (found !== undefined) return found
  const nearest = text === undefined ? undefined : nearestOf(text, words)
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`
  return refuse(reading, placed, `one of ${words.join(', ')}${hint}`)
}

/** On or off. */
export function readFlag(reading: Reading, placed: Placed): boolean | undefined {
  const { node } = placed
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
  return refuse(reading, placed, 'true or false')
}

function quotedList(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ')
}
