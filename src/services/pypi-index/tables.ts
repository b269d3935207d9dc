import { arrayField, type PlainTable, stringField, tableField } from '../../formats/plain-data.ts'
import type { IndexList, IndexSource } from './source.ts'

/** What a `uv.toml`, or the table `[tool.uv]`, says of indexes. */
export function uvTable(
  table: PlainTable,
  owner: Pick<IndexSource, 'own' | 'vouches' | 'where'>
): IndexList {
  const pip = tableField(table, 'pip')
  let main: IndexSource | undefined
  const extra: IndexSource[] = []
  for (const index of arrayField(table, 'index')) {
    const text = stringField(index, 'url')
    if (text === undefined) continue
    const isFlat = stringField(index, 'format') === 'flat'
    const source = { text, name: stringField(index, 'name'), ...owner, ...(isFlat && { isFlat }) }
    const { default: isDefault } = index as { readonly default?: unknown }
    if (isDefault === true) main ??= source
    else extra.push(source)
  }
  const old = stringField(table, 'index-url') ?? stringField(pip, 'index-url')
  if (old !== undefined) main ??= { text: old, ...owner }
  for (const list of [arrayField(table, 'extra-index-url'), arrayField(pip, 'extra-index-url')]) {
    for (const text of list) if (typeof text === 'string') extra.push({ text, ...owner })
  }
  return { ...(main && { main }), extra }
}

/** PDM writes user and password beside the address; here they stand in it. */
export function withLogin(
  url: string | undefined,
  table: unknown,
  owner: Pick<IndexSource, 'own' | 'vouches' | 'where'>
): IndexSource | undefined {
  if (url === undefined) return undefined
  const username = stringField(table, 'username') ?? ''
  const password = stringField(table, 'password') ?? ''
  const login = `${escaped(username)}:${escaped(password)}@`
  const text = username === '' || url.includes('@') ? url : url.replace('://', `://${login}`)
  return { text, ...owner }
}

/** What would end the login early; variables stay variables. */
function escaped(text: string): string {
  return text.replace(/[^\w.~${}-]/g, (char) => encodeURIComponent(char))
}
