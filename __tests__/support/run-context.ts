import type { Host } from '../../src/host/host.ts'
import type { Settings } from '../../src/model/settings.ts'
import { STAGES } from '../../src/stages/index.ts'
import type { RunContext } from '../../src/stages/stage.ts'

const SETTINGS: Settings = {
  path: '/checkout',
  out: '/out',
  config: '.github/assay.yml',
  stages: [],
  skip: [],
  offline: false,
  integrity: 'auto',
  goChecksumDatabase: true,
  concurrency: 16,
  exclude: [],
  images: [],
  plainHttpRegistries: [],
  vendor: [],
  uploadArtifact: false
}

/** What a stage is given, over this host. */
export function runContext(host: Host, settings: Partial<Settings> = {}): RunContext {
  return {
    host,
    settings: { ...SETTINGS, ...settings },
    signal: new AbortController().signal,
    version: '0.0.0',
    rules: STAGES.flatMap(({ rules }) => rules),
    reports: [],
    publish: () => Promise.resolve([])
  }
}
