import type { TreeHead } from './merkle-tiles.ts'

/** One answer of a Go checksum database to a lookup. */
export interface ChecksumAnswer {
  /** Number of the record in the log. */
  readonly index: number
  /** The record itself: lines of go.sum. */
  readonly record: string
  /** The signed tree head below it. */
  readonly note: string
}

/**
 * Takes an answer apart. Nothing in it is to be believed yet.
 *
 * @returns nothing when it has another form
 * @see https://go.dev/ref/mod#checksum-database
 */
export function parseChecksumAnswer(text: string): ChecksumAnswer | undefined {
  const [, index = '', record = '', note = ''] =
    /^(0|[1-9]\d{0,15})\n((?:[^\n]+\n)+)\n([^]+)$/.exec(text) ?? []
  if (record === '' || !Number.isSafeInteger(Number(index))) return undefined
  return { index: Number(index), record, note }
}

/**
 * Reads the text of a signed tree head.
 *
 * @returns nothing when it is none
 * @see https://pkg.go.dev/golang.org/x/mod/sumdb/tlog#ParseTree
 */
export function parseTreeHead(text: string): TreeHead | undefined {
  const [title, size = '', root = '', ...rest] = text.split('\n')
  const bytes = Buffer.from(root, 'base64')
  const isHead =
    title === 'go.sum database tree' &&
    rest.length > 0 &&
    /^(?:0|[1-9]\d{0,15})$/.test(size) &&
    Number.isSafeInteger(Number(size)) &&
    bytes.length === 32 &&
    bytes.toString('base64') === root
  return isHead ? { size: Number(size), root: bytes.toString('hex') } : undefined
}
