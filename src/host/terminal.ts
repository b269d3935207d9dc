import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { checkoutFiles, readMachineText } from './files.ts'
import type { Host } from './host.ts'

export function terminalHost({ root, out }: { root: string; out: string }): Host {
  return {
    log: { debug() {}, info() {}, warning() {}, error() {} },
    env: Object.freeze({ ...process.env }),
    platform: { os: process.platform, cpu: process.arch },
    files: checkoutFiles(root),
    readMachineText,
    http: { fetch: () => Promise.reject(new Error('not there yet')) },
    now: () => new Date(),
    git: () => Promise.resolve({ exitCode: -1, stdout: '', stderr: '' }),
    mask() {},
    progress: () => ({ advance() {}, done() {} }),
    write: (name, chunks) => writeDocument(out, name, chunks)
  }
}

async function writeDocument(
  folder: string,
  name: string,
  chunks: Iterable<string>
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  const file = await open(path, 'w')
  try {
    for (const chunk of chunks) await file.write(chunk)
  } finally {
    await file.close()
  }
  return path
}
