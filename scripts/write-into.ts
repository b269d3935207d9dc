import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Replaces what a document has of an earlier run, between `<!-- name:begin -->` and `<!-- name:end -->`.
 *
 * @throws Error when it has no such place
 */
export function writeInto(path: string, name: string, report: string): void {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`]
  const text = readFileSync(path, 'utf8')
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`"${path}" has no ${begin} … ${end}`)
  writeFileSync(path, `${text.slice(0, from + begin.length)}\n\n${report}\n${text.slice(to)}`)
}
