import { writeDocument } from './documents.ts'
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
