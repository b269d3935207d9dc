import type { Settings } from '../model/settings.ts'
import { VERSION } from '../model/version.ts'
import { credentialHelpers } from './credential-helper.ts'
import { readDocument, writeDocument } from './documents.ts'
import { checkoutFiles, machineChunks, readMachineText } from './files.ts'
import { gitRunner } from './git.ts'
import type { Host, Platform } from './host.ts'
import { httpClient } from './http.ts'

/** What both hosts have in common: this machine's disk, clock, network and git. */
export type Machine = Pick<
  Host,
  | 'env'
  | 'platform'
  | 'files'
  | 'readMachineText'
  | 'machineChunks'
  | 'http'
  | 'now'
  | 'git'
  | 'credentialHelper'
  | 'write'
  | 'readBack'
>

export interface MachineOptions {
  readonly settings: Pick<Settings, 'path' | 'out' | 'offline' | 'concurrency'>
  readonly env: Host['env']
  /** Ends all requests. */
  readonly signal: AbortSignal
}

/** @throws InputError `INPUT_INVALID` when the environment names a proxy that cannot be used */
export function machine({ settings, env, signal }: MachineOptions): Machine {
  const { path: root, out, offline, concurrency } = settings
  return {
    env,
    platform: thisPlatform(),
    files: checkoutFiles(root),
    readMachineText,
    machineChunks,
    http: httpClient({ env, version: VERSION, concurrency, offline, signal }),
    now: () => new Date(),
    git: gitRunner({ root, env, os: process.platform }),
    credentialHelper: credentialHelpers({ root, env, os: process.platform }),
    write: async (name, chunks) => writeDocument(out, name, chunks),
    readBack: (name, maxBytes) => readDocument(out, name, maxBytes)
  }
}

function thisPlatform(): Platform {
  const { platform: os, arch: cpu } = process
  if (os !== 'linux') return { os, cpu }
  let libc: Platform['libc']
  return {
    os,
    cpu,
    // Finding out takes milliseconds that not every run needs.
    get libc() {
      libc ??= thisLibc()
      return libc
    }
  }
}

/** Node says which glibc it runs on; without one it is musl. */
function thisLibc(): 'glibc' | 'musl' {
  // Without this it looks up the name of every open connection's other end, and waits for the answer.
  Object.assign(process.report, { excludeNetwork: true })
  const { header } = process.report.getReport() as {
    readonly header?: Readonly<Record<string, unknown>>
  }
  return header?.['glibcVersionRuntime'] === undefined ? 'musl' : 'glibc'
}
