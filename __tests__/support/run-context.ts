import type { Host } from '../../src/host/host.ts'
import type { Settings } from '../../src/model/settings.ts'
import { STAGES } from '../../src/stages/index.ts'
import type { RunContext } from '../../src/stages/stage.ts'

/** Settings as they are when nobody says anything. */
export const SETTINGS: Settings = {
  mode: 'check',
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
  sign: {
    mode: 'auto',
    on: 'pass',
    subjectPaths: [],
    statements: ['spdx', 'cyclonedx', 'provenance', 'verdict'],
    forms: ['referrer', 'file'],
    promoteTo: [],
    publishPrivateNames: false
  },
  sigstore: {
    rekor: 'auto',
    oidcIssuer: 'https://token.actions.githubusercontent.com',
    patienceSeconds: 300
  },
  verify: {
    subjects: [],
    identities: [],
    issuers: [],
    publicKeys: [],
    predicateTypes: [],
    maxAgeDays: 0,
    signers: 1,
    recursive: true
  },
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
    async write(document) {
      const { name, mediaType } = document
      return { name, mediaType, path: await host.write(name, document.chunks()) }
    },
    publish: () => Promise.resolve([])
  }
}
