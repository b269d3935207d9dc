import { constants, accessSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, relative, sep } from 'node:path'
import type { Host } from './host.ts'

/** The machine, as far as running a program of it is concerned. */
export interface ProgramMachine {
  /** Absolute path of the checkout. */
  readonly root: string
  readonly env: Host['env']
  /** `process.platform` */
  readonly os: string
}

/** A program's absolute path. Folders of `PATH` that are relative or inside the checkout are not searched. */
export function findProgram({ root, env, os }: ProgramMachine, name: string): string | undefined {
  const path = Object.entries(env).find(([key]) => key.toUpperCase() === 'PATH')?.[1] ?? ''
  const file = os === 'win32' ? `${name}.exe` : name
  return path
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !isInside(root, folder))
    .map((folder) => join(folder, file))
    .find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
