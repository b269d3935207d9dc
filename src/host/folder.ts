import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { InputError } from '../model/errors.ts'
import { plainText } from '../model/plain-text.ts'

/** @throws InputError `INPUT_INVALID` when there is no folder at `path`, which is absolute */
export function assertFolder(path: string): void {
  const kind = kindOf(path)
  if (kind === 'folder') return
  const found = { file: 'a file', nothing: 'nothing', locked: 'a place we may not read' }[kind]
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot look at "${plainText(path)}": found ${found}, expected a folder`,
    remedy:
      kind === 'file'
        ? `Give the folder that "${plainText(basename(path))}" lies in: "${plainText(dirname(path))}"`
        : 'Give the folder of a checkout; in a workflow, check it out in a step before this one'
  })
}

function kindOf(path: string): 'folder' | 'file' | 'nothing' | 'locked' {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return 'nothing'
    return stat.isDirectory() ? 'folder' : 'file'
  } catch {
    return 'locked'
  }
}
