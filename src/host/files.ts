import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
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

/**
 * Reads a configuration file of this machine.
 *
 * @see Host.readMachineText
 */
export function readMachineText(path: string, maxBytes: number): string | undefined {
  if (!isAbsolute(path)) return undefined
  const bytes = sizeOf(path)
  if (bytes === undefined) return undefined
  if (bytes > maxBytes) {
    throw new ParseError({
      code: 'FILE_TOO_LARGE',
      message: `Cannot read "${path}": ${bytes} bytes, expected at most ${maxBytes}`,
      remedy: 'Look at what is in this configuration file of the machine'
    })
  }
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** In bytes; nothing when there is no regular file, or no right to look. */
function sizeOf(path: string): number | undefined {
  try {
    const stat = statSync(path)
    return stat.isFile() ? stat.size : undefined
  } catch {
    return undefined
  }
}
