import type { Location } from '../model/component.ts'
import { type Digest, digestFromBase64 } from '../model/digest.ts'
import { goSyntaxError } from './go-lines.ts'

/** One line of go.sum: the hash of a module's zip, or of its go.mod file. */
export interface GoSumLine {
  readonly path: string
  /** Without the suffix `/go.mod`. */
  readonly version: string
  readonly file: 'zip' | 'go.mod'
  readonly digest: Digest
  readonly location: Required<Location>
}

/**
 * Parses a go.sum or go.work.sum file. Lines of another algorithm than `h1` are left out, as the go
 * command leaves them out: there is none yet.
 *
 * @throws ParseError `LOCKFILE_SYNTAX` with the line
 * @see https://go.dev/ref/mod#go-sum-files
 */
export function parseGoSum(source: {
  readonly path: string
  readonly text: string
}): readonly GoSumLine[] {
  const lines: GoSumLine[] = []
  for (const [at, text] of source.text.split('\n').entries()) {
    const fields = text.split(/[ \t\r]+/).filter((field) => field !== '')
    if (fields.length === 0) continue
    const line = at + 1
    const [path = '', key = '', hash = '', ...more] = fields
    if (hash === '' || more.length > 0) {
      throw goSyntaxError(source, line, `found ${fields.length} fields, expected 3`)
    }
    if (!hash.startsWith('h1:')) {
      if (/^h\d+:/.test(hash)) continue
      throw goSyntaxError(
        source,
        line,
        `found ${quote(hash)}, expected a hash that begins with h1:`
      )
    }
    const digest = digestFromBase64('h1', hash.slice('h1:'.length))
    if (digest === undefined) {
      throw goSyntaxError(source, line, `found ${quote(hash)}, expected 32 bytes in base64`)
    }
    const isMod = key.endsWith('/go.mod')
    const version = isMod ? key.slice(0, -'/go.mod'.length) : key
    const location = { path: source.path, line }
    lines.push({ path, version, file: isMod ? 'go.mod' : 'zip', digest, location })
  }
  return lines
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
