import { readdirSync } from 'node:fs'
import type { Embedded } from './services.ts'

/** What the services hold after a run: theirs is the last word on what was signed. */
export interface Made {
  /** Place, and what is there. */
  readonly rows: readonly (readonly [place: string, what: string])[]
  /** Attestations of images in the registry, and of anything in GitHub's API. */
  readonly attestations: number
  /** Signatures as files. */
  readonly files: readonly string[]
}

/** Names of what is often stated. */
const STATEMENTS: readonly (readonly [start: string, name: string])[] = [
  ['https://sigstore.dev/cosign/sign/', 'signature'],
  ['https://spdx.dev/Document', 'SPDX'],
  ['https://cyclonedx.org/bom', 'CycloneDX'],
  ['https://slsa.dev/provenance/', 'provenance'],
  ['https://slsa.dev/verification_summary/', 'verdict']
]

export function madeBy(embedded: Embedded, outputFolder: string | undefined): Made {
  const { sigstore, github, image, registry, actions } = embedded
  const attached = attachedIn(embedded)
  const names = outputFolder === undefined ? [] : readdirSync(outputFolder)
  const files = names
    .filter((name) => name.endsWith('.sigstore.json'))
    // Those of files before those of what is stated about them.
    .sort((a, b) => a.length - b.length)
  const certificates = sigstore.requests.filter(
    ({ service, method, status }) => service === 'fulcio' && method === 'POST' && status === 200
  )
  const timestamps = sigstore.requests.filter(
    ({ service, status }) => service === 'tsa' && status === 201
  )
  const entries = sigstore.rekorV1.tree.size + sigstore.rekorV2.tree.size
  const rows: [string, string][] = [
    ...[...attached].map(([subject, types]): [string, string] => [
      `${registry.name}/${image.repository}`,
      `${subject}: ${namesIn(types).join(', ')}`
    ]),
    ["GitHub's attestations API", counted(github.attestations.kept.length, 'attestation')],
    ['Files beside the documents', shortList(files)],
    ['Certificate authority', counted(certificates.length, 'certificate')],
    ['Log of signatures', `${entries} entries`],
    ['Timestamp authority', counted(timestamps.length, 'timestamp')],
    ...[...actions.artifacts.values()].map(({ name, data, digest = '' }): [string, string] => [
      'Artifact of the run',
      `${name}, ${((data?.length ?? 0) / 1e6).toFixed(1)} MB, ${digest}`
    ])
  ]
  const count = [...attached.values()].flat().length + github.attestations.kept.length
  return { rows, attestations: count, files }
}

interface Attachment {
  readonly subject?: { readonly digest: string }
  readonly annotations?: Readonly<Record<string, string>>
}

/** Types of statements by what they are about: the index, or the image of a platform. */
function attachedIn({ registry, image }: Embedded): ReadonlyMap<string, readonly string[]> {
  const names = namesOf(registry.read(image.repository, image.index.digest), image.index.digest)
  const found = new Map<string, string[]>([...names.values()].map((name) => [name, []]))
  const put = new Set(
    registry.requests.flatMap(({ method, path }) => {
      const [, digest] = /\/manifests\/(sha256:[0-9a-f]{64})$/.exec(path) ?? []
      return method === 'PUT' && digest !== undefined ? [digest] : []
    })
  )
  for (const digest of put) {
    const bytes = registry.read(image.repository, digest)
    const { subject, annotations } = JSON.parse(String(bytes ?? '{}')) as Attachment
    const name = names.get(subject?.digest ?? '')
    const type = annotations?.['dev.sigstore.bundle.predicateType']
    if (name !== undefined && type !== undefined) found.get(name)?.push(type)
  }
  return found
}

/** What a digest of an image stands for. */
function namesOf(bytes: Buffer | undefined, digest: string): ReadonlyMap<string, string> {
  const { manifests } = JSON.parse(String(bytes)) as {
    readonly manifests: readonly {
      readonly digest: string
      readonly platform: { readonly os: string; readonly architecture: string }
    }[]
  }
  return new Map([
    [digest, 'index'],
    ...manifests.map(({ digest: of, platform: { os, architecture } }): [string, string] => [
      of,
      `${os}/${architecture}`
    ])
  ])
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** In the order of {@link STATEMENTS}; what is not there behind them. */
function namesIn(types: readonly string[]): readonly string[] {
  const known = STATEMENTS.filter(([start]) => types.some((type) => type.startsWith(start)))
  const others = types.filter((type) => !STATEMENTS.some(([start]) => type.startsWith(start)))
  return [...known.map(([, name]) => name), ...others]
}

function shortList(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, 3), names.length - 3]
  if (names.length === 0) return 'none'
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
