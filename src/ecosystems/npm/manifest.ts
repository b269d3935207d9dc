import { type JsonObject, jsonObjectOf, parseJson } from '../../formats/json.ts'
import { ParseError } from '../../model/errors.ts'
import type { ReadSibling } from '../ecosystem.ts'
import { type LockEntry, lockEntryOf } from './lock-entry.ts'

/**
 * The entry that a version 1 lock lacks: what the project asks for, from the package.json beside it. Peers
 * are taken as optional, since the npm that wrote such locks did not install them.
 *
 * @param folder of the lock, relative to the checkout
 * @returns nothing without a readable package.json
 */
export function rootFromManifest(folder: string, read: ReadSibling): LockEntry | undefined {
  const manifest = readManifest(folder === '' ? 'package.json' : `${folder}/package.json`, read)
  if (manifest === undefined) return undefined
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest
  const peers = Object.keys(jsonObjectOf(peerDependencies) ?? {})
  const raw: JsonObject = {
    name: manifest['name'],
    version: manifest['version'],
    workspaces: manifest['workspaces'],
    dependencies,
    devDependencies,
    optionalDependencies,
    peerDependencies,
    peerDependenciesMeta: Object.fromEntries(peers.map((name) => [name, { optional: true }]))
  }
  return lockEntryOf('', raw, undefined)
}

function readManifest(path: string, read: ReadSibling): JsonObject | undefined {
  try {
    const file = read(path)
    return file && jsonObjectOf(parseJson(file, { code: 'CONFIG_SYNTAX', remedy: '' }))
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}
