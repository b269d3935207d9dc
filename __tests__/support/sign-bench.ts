import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '../../src/host/host.ts'
import { idTokens } from '../../src/host/id-tokens.ts'
import { machine } from '../../src/host/machine.ts'
import { renderDigest } from '../../src/model/digest.ts'
import type { Image } from '../../src/model/image.ts'
import type { Predicates } from '../../src/model/predicate.ts'
import { DEFAULT_POLICY } from '../../src/model/policy.ts'
import type { StageReport } from '../../src/model/report.ts'
import type { Settings, SignSettings } from '../../src/model/settings.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { sign } from '../../src/stages/sign.ts'
import type { SignInputs } from '../../src/stages/sign/run.ts'
import type { SignedSubject } from '../../src/stages/sign/signing.ts'
import { predicateOf } from './file-signing.ts'
import { runContext, SETTINGS } from './run-context.ts'
import { IMAGE_TYPE, INDEX_TYPE, type OciTestRegistry } from './services/oci-registry.ts'
import type { EmbeddedSigstore } from './services/sigstore/sigstore.ts'

const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json'

/** A checkout with trust material, an output folder, and the stage that signs over both. */
export interface SignBench {
  readonly out: string
  readonly host: Host
  /** Names of the documents, sorted. */
  documents(): readonly string[]
  /** Runs the stage. */
  run(given?: Given): Promise<StageResult<readonly SignedSubject[]>>
  /** Why the stage would not run. */
  skipReason(given?: Given): string | undefined
  remove(): void
}

/** What is different from a run in which all is well. */
export interface Given extends Partial<Omit<SignInputs, 'checkout'>> {
  readonly sign?: Partial<SignSettings>
  readonly settings?: Partial<Settings>
  readonly reports?: readonly StageReport[]
  readonly host?: Partial<Host>
}

export interface BenchGiven {
  /** Of the signing configuration. */
  readonly rekor?: 1 | 2
  readonly env?: Readonly<Record<string, string>>
}

/** Statements as the stages before make them, short. */
export const PREDICATES: Predicates = {
  list: [
    predicateOf('spdx', 'https://spdx.dev/Document', { spdxVersion: 'SPDX-2.3' }),
    predicateOf('provenance', 'https://slsa.dev/provenance/v1', {
      runDetails: { metadata: { invocationId: 'run/1/attempts/1', startedOn: 'now' } }
    })
  ],
  missing: []
}

/** Makes both folders; `sigstore` is where they say that it is signed. */
export function signBench(sigstore: EmbeddedSigstore, options: BenchGiven = {}): SignBench {
  const root = mkdtempSync(join(tmpdir(), 'assay-sign-'))
  const [path, out] = [join(root, 'checkout'), join(root, 'out')]
  mkdirSync(path)
  writeFileSync(join(path, 'root.json'), JSON.stringify(sigstore.trustedRoot))
  writeFileSync(
    join(path, 'signing.json'),
    JSON.stringify(sigstore.signingConfig(options.rekor ?? 1))
  )
  const env = { ...sigstore.env, GITHUB_ACTIONS: 'true', ...options.env }
  const host = hostOver({ path, out }, env)
  const contextOf = (given: Given): ReturnType<typeof runContext> => ({
    ...runContext(
      { ...host, ...given.host },
      {
        path,
        out,
        sigstore: {
          rekor: 'auto',
          trustedRoot: 'root.json',
          signingConfig: 'signing.json',
          oidcIssuer: sigstore.oidc.url,
          patienceSeconds: 3
        },
        images: (given.images ?? []).map((image) => image.given),
        ...given.settings,
        sign: { ...SETTINGS.sign, ...given.sign }
      }
    ),
    reports: given.reports ?? [],
    async write(document) {
      const { name, mediaType } = document
      return { name, mediaType, path: await host.write(name, document.chunks()) }
    }
  })
  return {
    out,
    host,
    documents: () => readdirSync(out).sort(),
    skipReason: (given = {}) => sign.skipReason?.(contextOf(given)),
    run: (given = {}) =>
      sign.run(contextOf(given), {
        checkout: {
          name: 'app',
          dirty: [],
          dirtyCount: 0,
          submodules: [],
          shallow: false,
          sparse: false
        },
        policyFile: given.policyFile ?? DEFAULT_POLICY,
        images: given.images ?? [],
        files: given.files ?? [],
        provenance: given.provenance ?? PREDICATES
      }),
    remove: () => {
      rmSync(root, { recursive: true, force: true })
    }
  }
}

/** Text of a document. */
export function documentIn({ out }: Pick<SignBench, 'out'>, name: string): string {
  return readFileSync(join(out, name), 'utf8')
}

function hostOver(
  folders: Pick<Settings, 'path' | 'out'>,
  env: Readonly<Record<string, string>>
): Host {
  const settings = { ...folders, offline: false, concurrency: 16 }
  const own = {
    ...machine({ settings, env, signal: new AbortController().signal }),
    mask() {}
  }
  return {
    ...own,
    ...idTokens(own),
    log: { debug() {}, info() {}, warning() {}, error() {} },
    progress: () => ({ advance() {}, done() {} })
  }
}

/** Puts an image for two platforms into a registry, as BuildKit does: with an entry that is no image. */
export function putImage(registry: OciTestRegistry, repository = 'o/app', tag = '1.0'): Image {
  const platforms = ['amd64', 'arm64'].map((architecture) => {
    const config = registry.blob(
      repository,
      JSON.stringify({ os: 'linux', architecture, of: `${repository}:${tag}` }),
      CONFIG_TYPE
    )
    const layer = registry.blob(repository, `a layer for ${architecture}`)
    const manifest = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [layer] }
    return { architecture, ...registry.manifest(repository, manifest) }
  })
  const other = registry.manifest(repository, {
    schemaVersion: 2,
    mediaType: IMAGE_TYPE,
    config: registry.blob(repository, '{}', CONFIG_TYPE),
    layers: []
  })
  const index = registry.manifest(
    repository,
    {
      schemaVersion: 2,
      mediaType: INDEX_TYPE,
      manifests: [
        ...platforms.map(({ architecture, ...descriptor }) => {
          return { ...descriptor, platform: { os: 'linux', architecture } }
        }),
        { ...other, platform: { os: 'unknown', architecture: 'unknown' } }
      ]
    },
    tag
  )
  const name = `${registry.name}/${repository}`
  const subjectOf = (digest: string): Image['subject'] => {
    return { name, digest: { algorithm: 'sha256', hex: digest.slice('sha256:'.length) } }
  }
  return {
    given: `${name}:${tag}`,
    subject: subjectOf(index.digest),
    mediaType: index.mediaType,
    size: index.size,
    platforms: platforms.map(({ architecture, digest, mediaType, size }) => {
      return { platform: `linux/${architecture}`, subject: subjectOf(digest), mediaType, size }
    }),
    others: [{ kind: 'attestation-manifest', digest: other.digest }]
  }
}

/** The digest of an image, as references have it. */
export function digestOf({ subject }: Pick<Image, 'subject'>): string {
  return renderDigest(subject.digest)
}

/** A private key, as an input has it. */
export function newKeyPem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}
