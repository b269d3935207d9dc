import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap
} from 'yaml'
import { messageOf } from '../model/errors.ts'

/** Deepest structure that is read: a configuration of ours has five levels. */
const MAX_DEPTH = 32

/** A value that knows where it is written. Lines are 1-based. */
export type YamlNode =
  | { readonly kind: 'map'; readonly line: number; readonly entries: readonly YamlEntry[] }
  | { readonly kind: 'list'; readonly line: number; readonly items: readonly YamlNode[] }
  | { readonly kind: 'scalar'; readonly line: number; readonly value: YamlScalar }

export type YamlScalar = string | number | boolean | null

export interface YamlEntry {
  readonly key: string
  readonly line: number
  readonly value: YamlNode
}

/** What is wrong with a text, and where. */
export interface YamlFault {
  /** 1-based; absent when it is about the whole. */
  readonly line?: number
  /** Without a final period. */
  readonly message: string
}

/**
 * Reads YAML as configuration needs it: one document of the core schema with text as keys. Aliases are
 * refused, because a few lines of them can stand for gigabytes, and so are tags, because they name types
 * that only some programs know.
 *
 * @param text at most some hundred kilobytes: the caller bounds it
 * @returns the root, or everything that is wrong
 * @see https://yaml.org/spec/1.2.2/
 */
export function readYaml(text: string): YamlNode | readonly YamlFault[] {
  const lineCounter = new LineCounter()
  let document: Document.Parsed
  try {
    // Its own search for repeated keys takes a time that grows with the square of their number.
    const options = { version: '1.2', uniqueKeys: false, prettyErrors: false, lineCounter } as const
    document = parseDocument(text, options)
  } catch (error) {
    return [{ message: `it is too deep or too strange to be read (${messageOf(error)})` }]
  }
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0) {
    return wrong.map(({ code, pos, message }) => ({
      line: lineCounter.linePos(pos[0]).line,
      message: code === 'MULTIPLE_DOCS' ? 'found a second document, expected one' : message
    }))
  }
  const faults: YamlFault[] = []
  const root = readerFor(lineCounter, faults)
  const node = root(document.contents, 1)
  return faults.length > 0 ? faults : node
}

type Reader = (node: unknown, line: number, depth?: number) => YamlNode

function readerFor(lines: LineCounter, faults: YamlFault[]): Reader {
  const lineOf = (node: Node, fallback: number): number =>
    node.range ? lines.linePos(node.range[0]).line : fallback

  function refuse(line: number, message: string): YamlNode {
    faults.push({ line, message })
    return { kind: 'scalar', line, value: null }
  }

  function read(node: unknown, parentLine: number, depth = 1): YamlNode {
    const line = node === null ? parentLine : lineOf(node as Node, parentLine)
    if (depth > MAX_DEPTH) return refuse(line, `it is more than ${MAX_DEPTH} levels deep`)
    if (isAlias(node)) {
      return refuse(line, `found the alias "*${node.source}", expected the value itself`)
    }
    if (isMap(node)) return { kind: 'map', line, entries: entriesOf(node, line, depth) }
    if (isSeq(node)) {
      return { kind: 'list', line, items: node.items.map((item) => read(item, line, depth + 1)) }
    }
    return { kind: 'scalar', line, value: isScalar(node) ? scalarOf(node.value) : null }
  }

  function entriesOf(map: YAMLMap, line: number, depth: number): readonly YamlEntry[] {
    const seen = new Set<string>()
    return map.items.flatMap(({ key, value }): YamlEntry[] => {
      const keyLine = lineOf(key as Node, line)
      if (!isScalar(key) || typeof key.value !== 'string') {
        refuse(keyLine, 'found a key that is no text')
        return []
      }
      if (seen.has(key.value)) refuse(keyLine, `found the key "${key.value}" for the second time`)
      seen.add(key.value)
      return [{ key: key.value, line: keyLine, value: read(value, keyLine, depth + 1) }]
    })
  }

  return read
}

function scalarOf(value: unknown): YamlScalar {
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return known ? value : null
}
