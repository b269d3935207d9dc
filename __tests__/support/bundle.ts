import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** Absolute path of a file of the bundle. */
export function bundled(name: string): string {
  return join(ROOT, 'dist', name)
}

/**
 * End-to-end tests run what users run. A bundle that is not of this source would let them pass for nothing.
 *
 * @throws when dist is missing or was built from other files
 */
export function assertFreshBundle(): void {
  const path = bundled('source.sha256')
  const built = existsSync(path) ? readFileSync(path, 'utf8').trim() : 'nothing'
  if (built === sourceDigest()) return
  throw new Error('dist/ is not the bundle of this source: run `npm run build` first')
}

/** As rolldown.config.js computes it. */
function sourceDigest(): string {
  const hash = createHash('sha256')
  const paths = globSync('src/**/*.{ts,json}', { cwd: ROOT })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
  for (const path of [...paths, 'package-lock.json', 'rolldown.config.js']) {
    hash.update(`${path}\n${readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n')}\n`)
  }
  return hash.digest('hex')
}
