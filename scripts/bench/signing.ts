import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answersIn } from '../../__tests__/support/run-bundle.ts'
import { type Assay, assayFor } from '../interop/assay.ts'
import { countServices, type CountedServices } from '../interop/counted-services.ts'
import { pushImage, type PushedImage, referrersOf } from '../interop/image.ts'
import { offline } from '../interop/judges.ts'
import {
  buildPrograms,
  missingForSigstore,
  programVersions,
  type RealSigstore,
  startSigstore
} from '../interop/real-sigstore.ts'
import { type RealRegistry, startRegistries, writeDockerConfig } from '../interop/registries.ts'
import { makeSigners, type SignerName, type Signers } from '../interop/signers.ts'
import { idToken } from '../interop/theirs.ts'
import { measured, medianOf, type Run } from './measure.ts'
import { inMegabytes, inSeconds, type Table } from './table.ts'

const ROUNDS = 5

const LOGS: readonly SignerName[] = ['keyless, Rekor v2 + TSA', 'keyless, Rekor v1']

/** What is stated about the image, by Assay's and by cosign's name. */
const STATED = [
  ['spdx', 'spdxjson', 'sbom.spdx.json'],
  ['cyclonedx', 'cyclonedx', 'sbom.cdx.json'],
  ['provenance', 'slsaprovenance1', undefined]
] as const

/** What one way of signing took. */
interface Took {
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakBytes: number
  readonly certificates: number
  readonly toSigstore: number
  readonly toRegistries: number
  /** Attachments that both registries list afterwards, of those that there should be. */
  readonly kept: number
}

interface Stage {
  readonly sigstore: RealSigstore
  readonly services: CountedServices
  readonly registries: readonly RealRegistry[]
  readonly signers: Signers
  readonly assay: Assay
  readonly logins: string
}

/** One image in two registries, a signature and three statements each, beside real cosign. */
export async function benchSigning(): Promise<Table> {
  const missing = missingForSigstore()
  if (missing !== undefined) {
    return { title: TITLE, columns: [], rows: [], notes: [`Not measured: ${missing}.`] }
  }
  buildPrograms()
  const stops: (() => void)[] = []
  const stopAll = (): void => {
    for (const stop of stops.splice(0).toReversed()) stop()
  }
  process.once('SIGINT', () => {
    stopAll()
    process.exit(1)
  })
  try {
    const stage = await prepare(stops)
    const rows: string[][] = []
    const notes: string[] = []
    for (const log of LOGS) {
      const { assay, cosign, parallel } = await roundsOf(stage, log)
      const name = log.replace('keyless, ', '')
      rows.push(
        rowOf(`Assay: signs, reads back, verifies; ${name}`, assay),
        rowOf(`cosign: one after the other; ${name}`, cosign, assay),
        rowOf(`cosign: all eight at once; ${name}`, parallel, assay)
      )
      notes.push(goalOf(name, assay, cosign))
    }
    return { title: TITLE, columns: COLUMNS, rows, notes: [...notesOf(stage), ...notes] }
  } finally {
    stopAll()
  }
}

const TITLE = 'Signing: one image, three statements, two registries'

const COLUMNS = [
  '',
  'time',
  'CPU',
  'peak',
  'certificates',
  'to Fulcio, log and TSA',
  'to registries',
  'kept',
  'Assay is faster'
]

async function prepare(stops: (() => void)[]): Promise<Stage> {
  const sigstore = startSigstore()
  stops.push(sigstore.stop)
  const registries = await startRegistries(sigstore, stops, ['anonymous'])
  const services = await countServices(sigstore, stops)
  const logins = writeDockerConfig(join(sigstore.folder, 'docker'), registries)
  const signers = await makeSigners(sigstore)
  const assay = assayFor(sigstore, signers, logins)
  return { sigstore, services, registries, signers, assay, logins }
}

async function roundsOf(
  stage: Stage,
  log: SignerName
): Promise<Readonly<Record<'assay' | 'cosign' | 'parallel', Took>>> {
  const all = { assay: [] as Took[], cosign: [] as Took[], parallel: [] as Took[] }
  for (let turn = 0; turn < ROUNDS; turn++) {
    process.stderr.write(`  ${log}, round ${turn + 1} of ${ROUNDS} …\n`)
    const predicates = await byAssay(stage, log, all.assay)
    all.cosign.push(await byCosign(stage, log, { predicates, atOnce: 1 }))
    all.parallel.push(await byCosign(stage, log, { predicates, atOnce: Infinity }))
  }
  return {
    assay: middleOf(all.assay),
    cosign: middleOf(all.cosign),
    parallel: middleOf(all.parallel)
  }
}

/** @returns paths of what was stated, by cosign's name: it shall state as much */
async function byAssay(
  stage: Stage,
  log: SignerName,
  into: Took[]
): Promise<ReadonlyMap<string, string>> {
  const { assay, signers, sigstore } = stage
  const images = await imagesIn(stage)
  const workspace = assay.workspace()
  try {
    const asked = {
      signer: signers.known(log),
      forms: ['referrer'],
      images: images.map(({ reference }) => reference),
      inputs: { attest: STATED.map(([name]) => name).join(', ') }
    }
    const command = assay.signCommand(workspace, asked)
    taken(stage)
    const run = await measured(command)
    if (run.exitCode !== 0) throw new Error(`Assay did not sign: ${run.stdout}${run.stderr}`)
    into.push(await tookOf(stage, images, run))
    const provenance = join(sigstore.folder, 'bench.provenance.json')
    writeFileSync(provenance, JSON.stringify(PROVENANCE))
    const out = answersIn(workspace).outputs['output-folder'] ?? ''
    return new Map(
      STATED.map(([, type, document]) => {
        if (document === undefined) return [type, provenance]
        const kept = join(sigstore.folder, `bench.${document}`)
        writeFileSync(kept, readFileSync(join(out, document)))
        return [type, kept]
      })
    )
  } finally {
    workspace.remove()
  }
}

async function byCosign(
  stage: Stage,
  log: SignerName,
  { predicates, atOnce }: { predicates: ReadonlyMap<string, string>; atOnce: number }
): Promise<Took> {
  const { sigstore, signers, logins } = stage
  const images = await imagesIn(stage)
  const config = signers.known(log).rekor === 1 ? 'SIGNING_CONFIG_REKOR_V1' : 'SIGNING_CONFIG'
  const flags = [
    '--yes',
    '--trusted-root',
    sigstore.told('TRUSTED_ROOT'),
    '--signing-config',
    sigstore.told(config)
  ]
  const calls = images.flatMap(({ reference }) => [
    ['sign', ...flags, reference],
    ...[...predicates].map(([type, predicate]) => [
      'attest',
      '--type',
      type,
      '--predicate',
      predicate,
      ...flags,
      reference
    ])
  ])
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: sigstore.folder,
    DOCKER_CONFIG: logins,
    SIGSTORE_ID_TOKEN: await idToken(sigstore),
    ...offline()
  }
  taken(stage)
  const started = performance.now()
  const one = (args: readonly string[]): Promise<Run> =>
    measured({ file: sigstore.cosign, args, env })
  const runs: Run[] = []
  if (atOnce === 1) for (const args of calls) runs.push(await one(args))
  else runs.push(...(await Promise.all(calls.map(one))))
  const wallMs = performance.now() - started
  const failed = runs.find(({ exitCode }) => exitCode !== 0)
  if (failed) throw new Error(`cosign did not sign: ${failed.stderr}`)
  const cpuMs = runs.reduce((sum, run) => sum + (run.cpuMs ?? 0), 0)
  const peakBytes =
    atOnce === 1
      ? Math.max(...runs.map((run) => run.peakBytes ?? 0))
      : runs.reduce((sum, run) => sum + (run.peakBytes ?? 0), 0)
  return tookOf(stage, images, { wallMs, cpuMs, peakBytes })
}

/** The same repository in each registry, with an image that nobody has signed. */
async function imagesIn({ registries }: Stage): Promise<readonly PushedImage[]> {
  const [first] = registries
  const last = registries.at(-1)
  if (!first || !last) throw new Error('no registry')
  const both = first === last ? [first, first] : [first, last]
  const images: PushedImage[] = []
  for (const [at, registry] of both.entries()) {
    images.push(await pushImage(registry, `octo/bench-${at}`))
  }
  return images
}

/** Requests since the last call. */
function taken({ services, registries }: Stage): {
  readonly certificates: number
  readonly toSigstore: number
  readonly toRegistries: number
} {
  const fulcio = services.fulcio.taken()
  const others = [services.rekor, services.rekorV1, services.tsa].flatMap((gate) => gate.taken())
  return {
    certificates: fulcio.filter((request) => request.startsWith('POST ')).length,
    toSigstore: fulcio.length + others.length,
    toRegistries: registries.flatMap(({ gate }) => gate.taken()).length
  }
}

async function tookOf(
  stage: Stage,
  images: readonly PushedImage[],
  {
    wallMs,
    cpuMs = Number.NaN,
    peakBytes = Number.NaN
  }: Pick<Run, 'wallMs' | 'cpuMs' | 'peakBytes'>
): Promise<Took> {
  const requests = taken(stage)
  const lists = await Promise.all(images.map(referrersOf))
  const kept = lists.reduce((sum, list) => sum + list.length, 0)
  return { wallMs, cpuMs, peakBytes, ...requests, kept }
}

function middleOf(all: readonly Took[]): Took {
  const middle = (valueOf: (one: Took) => number): number => medianOf(all.map(valueOf))
  return {
    wallMs: middle(({ wallMs }) => wallMs),
    cpuMs: middle(({ cpuMs }) => cpuMs),
    peakBytes: middle(({ peakBytes }) => peakBytes),
    certificates: middle(({ certificates }) => certificates),
    toSigstore: middle(({ toSigstore }) => toSigstore),
    toRegistries: middle(({ toRegistries }) => toRegistries),
    kept: Math.min(...all.map(({ kept }) => kept))
  }
}

function rowOf(name: string, took: Took, assay?: Took): string[] {
  return [
    name,
    inSeconds(took.wallMs),
    inSeconds(took.cpuMs),
    inMegabytes(took.peakBytes),
    String(took.certificates),
    String(took.toSigstore),
    String(took.toRegistries),
    `${took.kept} of ${2 * (1 + STATED.length)}`,
    assay === undefined ? '' : `${(took.wallMs / assay.wallMs).toFixed(1)}×`
  ]
}

function goalOf(name: string, assay: Took, cosign: Took): string {
  const goals = [
    ['at least 4 times as fast', cosign.wallMs / assay.wallMs >= 4],
    ['one certificate', assay.certificates === 1],
    ['fewer requests to registries', assay.toRegistries < cosign.toRegistries],
    ['fewer requests to Sigstore', assay.toSigstore < cosign.toSigstore]
  ] as const
  const said = goals.map(([goal, isMet]) => `${goal}: ${isMet ? 'met' : 'missed'}`)
  return `Goals against cosign one after the other, ${name}: ${said.join('; ')}.`
}

function notesOf({ registries }: Stage): readonly string[] {
  const versions = programVersions()
  const programs = ['cosign', 'fulcio', 'rekor-tiles', 'rekor-v1', 'timestamp-server']
    .map((name) => `${name} ${versions.get(name) ?? ''}`)
    .join(', ')
  const names = [...new Set(registries.map(({ program }) => program))].join(' and ')
  return [
    `Real services on the loopback address (${programs}; ${names}), the same for all; medians of ${ROUNDS} rounds in turn, each on an image of its own. Rekor v2 signs a checkpoint every 500 ms here, on the public instance every 10 s: there each entry costs that much more, and Assay waits for all of them at once.`,
    'Assay: one run of `dist/index.js` on an empty checkout, with everything else that a run does: SBOMs, policy, summary, a token checked for the provenance, everything read back from the registries and verified. cosign: `sign` and three `attest` for each registry, with the same SBOMs; nothing is read back.',
    'kept: attachments that the registries list afterwards, in the worst round. Peak of what runs at once is the sum of the processes.'
  ]
}

const PROVENANCE = {
  buildDefinition: {
    buildType: 'https://example.com/bench',
    externalParameters: {},
    internalParameters: {},
    resolvedDependencies: []
  },
  runDetails: { builder: { id: 'https://example.com/bench' }, metadata: {} }
}
