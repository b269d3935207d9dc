/** A JSON document that is written piece by piece. What varies in number comes from an iterable. */
export type JsonNode =
  /** Written at once, on one line. */
  | { readonly value: unknown }
  /** An array, one element a line. */
  | { readonly each: Iterable<unknown> }
  | { readonly nodes: Iterable<JsonNode> }
  /** Members that are nothing are left out. */
  | { readonly members: Iterable<readonly [name: string, node: JsonNode | undefined]> }

/**
 * Writes a document with a line for each element of its arrays: small enough to stream, and a
 * line-by-line comparison of two documents shows which elements differ.
 */
export function* jsonChunks(document: JsonNode): Generator<string> {
  yield* chunksOf(document)
  yield '\n'
}

function* chunksOf(node: JsonNode): Generator<string> {
  if ('value' in node) {
    yield jsonText(node.value)
  } else if ('members' in node) {
    yield* between('{', memberChunks(node.members), '}')
  } else {
    yield* between('[', 'each' in node ? elementChunks(node.each) : nodeChunks(node.nodes), ']')
  }
}

/** Puts items, each an iterable of pieces, between brackets on lines of their own. */
function* between(
  open: string,
  items: Iterable<Iterable<string>>,
  close: string
): Generator<string> {
  let empty = true
  for (const item of items) {
    yield empty ? `${open}\n` : ',\n'
    yield* item
    empty = false
  }
  yield empty ? open + close : `\n${close}`
}

function* memberChunks(
  members: Iterable<readonly [string, JsonNode | undefined]>
): Generator<Iterable<string>> {
  for (const [name, node] of members) {
    if (node !== undefined) yield memberChunk(name, node)
  }
}

function* memberChunk(name: string, node: JsonNode): Generator<string> {
  yield `${jsonText(name)}: `
  yield* chunksOf(node)
}

function* elementChunks(elements: Iterable<unknown>): Generator<readonly string[]> {
  for (const element of elements) yield [jsonText(element)]
}

function* nodeChunks(nodes: Iterable<JsonNode>): Generator<Iterable<string>> {
  for (const node of nodes) yield chunksOf(node)
}

/** An escape that `JSON.stringify` writes for half of a character only. */
const MAYBE_LONE_SURROGATE = /\\ud[89a-f]/

/**
 * JSON text that every reader takes: half characters, which JSON can escape but UTF-8 cannot hold, become U+FFFD.
 */
function jsonText(value: unknown): string {
  const text = JSON.stringify(value)
  if (!MAYBE_LONE_SURROGATE.test(text)) return text
  return JSON.stringify(wellFormed(value))
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(wellFormed)
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)])
  )
}
