import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Dependencies that each package asks for. */
const EDGES = 3

/**
 * Writes a checkout with one `package-lock.json` of so many packages: each in a version of its own, with
 * integrity, licence and {@link EDGES} dependencies. The same bytes every time.
 *
 * @returns size of the lock in bytes
 */
export function writeSyntheticCheckout(folder: string, packages: number): number {
  mkdirSync(folder, { recursive: true })
  const manifest = {
    name: 'synthetic',
    version: '1.0.0',
    dependencies: dependenciesOf(-1, packages)
  }
  writeJson(join(folder, 'package.json'), [JSON.stringify(manifest)])
  const path = join(folder, 'package-lock.json')
  writeJson(path, lockPieces(manifest, packages))
  return statSync(path).size
}

function* lockPieces(manifest: object, packages: number): Generator<string> {
  yield `{"name":"synthetic","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":${JSON.stringify(manifest)}`
  for (let index = 0; index < packages; index++) {
    const entry = {
      version: versionOf(index),
      resolved: `https://registry.example/${nameOf(index)}/-/${nameOf(index)}-${versionOf(index)}.tgz`,
      integrity: `sha512-${createHash('sha512').update(String(index)).digest('base64')}`,
      ...(index % 4 === 3 && { dev: true }),
      license: 'MIT',
      dependencies: dependenciesOf(index, packages)
    }
    yield `,\n${JSON.stringify(`node_modules/${nameOf(index)}`)}:${JSON.stringify(entry, null, 1)}`
  }
  yield '}}\n'
}

/** Packages further on, near and far, so that there are no cycles and every one is asked for. */
function dependenciesOf(index: number, packages: number): Readonly<Record<string, string>> {
  const asked = Array.from(
    { length: EDGES },
    (_, edge) => index + 1 + edge * (1 + ((index + 7) % 97))
  )
  return Object.fromEntries(
    asked
      .filter((other) => other < packages)
      .map((other) => [nameOf(other), `^${versionOf(other).split('.', 1)[0] ?? ''}.0.0`])
  )
}

function nameOf(index: number): string {
  return index % 5 === 0 ? `@scope-${index % 50}/package-${index}` : `package-${index}`
}

function versionOf(index: number): string {
  return `${1 + (index % 9)}.${index % 20}.${index % 30}`
}

function writeJson(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w')
  for (const piece of pieces) writeSync(file, piece)
  closeSync(file)
}
