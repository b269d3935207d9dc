import { writeDocument } from './documents.ts'
import { checkoutFiles, readMachineText } from './files.ts'
import { gitRunner } from './git.ts'
import type { Host } from './host.ts'
import { httpClient } from './http.ts'

export function terminalHost({ root, out }: { root: string; out: string }): Host {
  const env = Object.freeze({ ...process.env })
  return {
    log: { debug() {}, info() {}, warning() {}, error() {} },
    env,
    platform: { os: process.platform, cpu: process.arch },
    files: checkoutFiles(root),
    readMachineText,
    http: httpClient({ env: process.env, version: '0.1.0', concurrency: 16 }),
    now: () => new Date(),
    git: gitRunner({ root, env, os: process.platform }),
    mask() {},
    progress: () => ({ advance() {}, done() {} }),
    write: (name, chunks) => writeDocument(out, name, chunks)
  }
}
