import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { ParseError } from '../model/errors.ts'
import type { CheckoutFiles } from './host.ts'

const NEVER_WALKED = new Set(['.git', 'node_modules'])

/** The tree below `root` on this machine's disk. */
export function checkoutFiles(root: string): CheckoutFiles {
  return {
    root,
    walk: async (skip) => (await walk(root, '', skip)).sort(),
    readText: (path, maxBytes) => readText(root, path, maxBytes)
  }
}

async function walk(
  root: string,
  folder: string,
  skip: (path: string) => boolean
): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder + entry.name
    if (entry.isDirectory()) {
      if (NEVER_WALKED.has(entry.name) || skip(`${path}/`)) continue
      found.push(...(await walk(root, `${path}/`, skip)))
    } else if (entry.isFile() && !skip(path)) {
      found.push(path)
    }
  }
  return found
}

function readText(root: string, path: string, maxBytes: number): string | undefined {
  const absolute = resolve(root, path)
  const inside = relative(realpathSync(root), realOf(absolute) ?? '..')
  if (inside === '..' || inside.startsWith(`..${sep}`)) return undefined
  const stat = lstatSync(absolute, { throwIfNoEntry: false })
  if (!stat?.isFile()) return undefined
  if (stat.size > maxBytes) {
    throw new ParseError({
      code: 'FILE_TOO_LARGE',
      message: `Cannot read "${path}": ${stat.size} bytes, expected at most ${maxBytes}`,
      remedy: 'Leave the file out with an `exclude` pattern if it is no lockfile'
    })
  }
  return readFileSync(absolute, 'utf8')
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
