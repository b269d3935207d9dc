import { posix } from 'node:path'
import { arrayField, type PlainTable, stringField, tableField } from '../../formats/plain-data.ts'
import { loadFiles } from '../../formats/python/requirements-tree.ts'
import { parseToml } from '../../formats/toml.ts'
import { ParseError } from '../../model/errors.ts'
import { linkPages } from './pip-config.ts'
import { type ConfigHost, type IndexList, type IndexSource, MAX_CONFIG_BYTES } from './source.ts'
import { uvTable, withLogin } from './tables.ts'

/** What the checkout itself says about indexes, in the folder of a lock. */
export interface ProjectConfig {
  readonly uv: IndexList
  readonly pdm: IndexList
  readonly poetry: readonly IndexSource[]
  readonly pipenv: readonly IndexSource[]
}

/** Largest requirements file that is read for its options, in bytes. */
const MAX_REQUIREMENTS_BYTES = 64 * 1024 * 1024

const FAULT = { code: 'CONFIG_SYNTAX', remedy: 'Correct the file' } as const

/**
 * Reads `pyproject.toml`, `uv.toml` and `Pipfile` of a folder.
 *
 * @throws ParseError `CONFIG_SYNTAX`
 */
export function projectConfig(host: Pick<ConfigHost, 'files'>, folder: string): ProjectConfig {
  const tomlIn = (name: string): PlainTable | undefined => {
    const path = posix.join(folder, name)
    const text = host.files.readText(path, MAX_CONFIG_BYTES)
    return text === undefined ? undefined : parseToml({ path, text }, FAULT).value
  }
  const ownerOf = (name: string): Pick<IndexSource, 'own' | 'vouches' | 'where'> => ({
    own: false,
    vouches: false,
    where: posix.join(folder, name)
  })
  const project = ownerOf('pyproject.toml')
  const tool = tableField(tomlIn('pyproject.toml'), 'tool')
  // Of both, uv reads the file of its own only.
  const uvFile = tomlIn('uv.toml')
  return {
    uv: uvFile ? uvTable(uvFile, ownerOf('uv.toml')) : uvTable(tableField(tool, 'uv'), project),
    pdm: pdmSources(tableField(tool, 'pdm'), project),
    poetry: sourcesIn(tableField(tool, 'poetry'), project),
    pipenv: sourcesIn(tomlIn('Pipfile'), ownerOf('Pipfile'))
  }
}

/** The `[[source]]` tables of Poetry and Pipenv. */
function sourcesIn(
  table: unknown,
  owner: Pick<IndexSource, 'own' | 'vouches' | 'where'>
): readonly IndexSource[] {
  return arrayField(table, 'source').flatMap((source) => {
    const text = stringField(source, 'url')
    return text === undefined ? [] : [{ text, name: stringField(source, 'name'), ...owner }]
  })
}

/** One that is called `pypi` takes the place of the public index. */
function pdmSources(
  table: PlainTable,
  owner: Pick<IndexSource, 'own' | 'vouches' | 'where'>
): IndexList {
  let main: IndexSource | undefined
  const extra: IndexSource[] = []
  for (const source of arrayField(table, 'source')) {
    const found = withLogin(stringField(source, 'url'), source, owner)
    if (!found) continue
    const isFlat = stringField(source, 'type') === 'find_links'
    if (stringField(source, 'name') === 'pypi') main = found
    else extra.push(isFlat ? { ...found, isFlat } : found)
  }
  return { ...(main && { main }), extra }
}

/**
 * Reads the index options of requirements files. They hold for all files that are installed together.
 *
 * @param entries requirements files that nothing else includes
 * @returns a function of a file's path
 */
export function requirementOptions(
  { files }: Pick<ConfigHost, 'files'>,
  entries: readonly string[]
): (path: string) => IndexList {
  const known = new Map<string, IndexList>()
  let isRead = false
  const read = (path: string): { readonly path: string; readonly text: string } | undefined => {
    const text = files.readText(path, MAX_REQUIREMENTS_BYTES)
    return text === undefined ? undefined : { path, text }
  }
  const readAll = (): void => {
    for (const entry of entries) {
      const file = read(entry)
      if (!file) continue
      const { paths, list } = treeOptions(file, read)
      for (const path of paths) if (!known.has(path)) known.set(path, list)
    }
  }
  return (path) => {
    if (!isRead) readAll()
    isRead = true
    return known.get(path) ?? { extra: [] }
  }
}

function treeOptions(
  entry: { readonly path: string; readonly text: string },
  read: Parameters<typeof loadFiles>[1]
): { readonly paths: readonly string[]; readonly list: IndexList } {
  try {
    const loaded = loadFiles(entry, read).files
    return { paths: loaded.map(({ path }) => path), list: optionsOf(loaded) }
  } catch (error) {
    // The inventory has already said what is wrong with it.
    if (error instanceof ParseError) return { paths: [entry.path], list: { extra: [] } }
    throw error
  }
}

function optionsOf(loaded: ReturnType<typeof loadFiles>['files']): IndexList {
  let main: IndexSource | undefined
  let isClosed = false
  const extra: IndexSource[] = []
  for (const { path, parsed } of loaded) {
    for (const { name, value } of parsed.options) {
      const source = { text: value, own: false, vouches: false, where: path }
      if (name === 'index-url' || name === 'pypi-url') main = source
      if (name === 'extra-index-url') extra.push(source)
      if (name === 'find-links') for (const page of linkPages([source])) extra.push(page)
      if (name === 'no-index') isClosed = true
    }
  }
  return { ...(main && { main }), extra, isClosed }
}
