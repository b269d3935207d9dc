import { cpSync } from 'node:fs'
import { type Asking, type Cell, cellOf } from './check.ts'
import type { CountedServices } from './counted-services.ts'
import { pushImage, type PushedImage, pushIndex, referrersOf, tagsOf } from './image.ts'
import { type Cast, judgeImage, mustHaveSigned, type Plan, STATEMENTS } from './matrix.ts'
import type { RealRegistry } from './registries.ts'
import type { KnownSigner } from './signers.ts'

/** What a matrix has no axis for. These count requests: nothing else may run meanwhile. */
export function extrasOf(
  cast: Cast,
  services: CountedServices,
  registries: readonly RealRegistry[]
): readonly Plan[] {
  const open = registries.filter(({ auth }) => auth === 'anonymous')
  const [first] = open
  const last = open.at(-1)
  if (!first || !last) return []
  const known = cast.signers.known('keyless, Rekor v2 + TSA')
  const about = { auth: 'anonymous', form: 'referrer', signer: known.name }
  const plan = (registry: string, fill: (ask: Asking) => Promise<void>): Plan => ({
    name: registry,
    run: (): Promise<Cell> => cellOf({ ...about, registry }, fill)
  })
  return [
    plan('two registries in one run, then again', (ask) =>
      twoRegistries(cast, { services, known, open: [first, last] }, ask)
    ),
    plan('promotion from one registry to another', (ask) =>
      promotion(cast, { known, from: first, to: last }, ask)
    ),
    plan('referrer, legacy and file in one run', (ask) => allForms(cast, last, ask)),
    plan('the lines of the summary, as they are printed', (ask) =>
      printedLines(cast, { known, registry: last }, ask)
    )
  ]
}

async function twoRegistries(
  cast: Cast,
  given: {
    readonly services: CountedServices
    readonly known: KnownSigner
    readonly open: readonly RealRegistry[]
  },
  ask: Asking
): Promise<void> {
  const { services, known, open } = given
  const images: PushedImage[] = []
  for (const registry of open) images.push(await pushIndex(registry, 'octo/two'))
  const workspace = cast.assay.workspace()
  const asked = {
    signer: known,
    forms: ['referrer'],
    images: images.map(({ reference }) => reference)
  }
  const signed = (): number => {
    const all = [services.fulcio, services.rekor, services.tsa].map((gate) => gate.taken())
    return all.flat().filter((request) => request.startsWith('POST ')).length
  }
  try {
    signed()
    mustHaveSigned(await cast.assay.sign(workspace, asked))
    const certificates = services.fulcio.taken().filter((request) => request.startsWith('POST '))
    signed()
    ask.holds('one certificate', certificates.length === 1, `${certificates.length} certificates`)
    const right = { signer: known, who: 'signer' } as const
    const before: number[] = []
    for (const image of images) {
      before.push((await referrersOf(image)).length)
      const types = STATEMENTS.flatMap((type) => ['--predicate-type', type])
      await ask.accepts('every platform', cast.assay.verify(image.reference, right, types))
      await ask.accepts('the index', cast.judges.cosign(['verify', image.reference], right))
    }
    mustHaveSigned(await cast.assay.sign(workspace, asked))
    const again = signed()
    ask.holds('again: nothing is signed', again === 0, `${again} requests to sign`)
    for (const [at, image] of images.entries()) {
      const after = (await referrersOf(image)).length
      ask.holds(
        'again: nothing is added',
        after === before[at],
        `${before[at] ?? 0}, then ${after}`
      )
    }
  } finally {
    workspace.remove()
  }
}

async function promotion(
  { assay, judges }: Cast,
  { known, from, to }: { known: KnownSigner; from: RealRegistry; to: RealRegistry },
  ask: Asking
): Promise<void> {
  const image = await pushIndex(from, 'octo/staging')
  const workspace = assay.workspace()
  const tag = `${to.name}/octo/production:1.0`
  const right = { signer: known, who: 'signer' } as const
  try {
    const inputs = { 'promote-to': tag }
    const asked = { signer: known, forms: ['referrer'], images: [image.reference], inputs }
    mustHaveSigned(await assay.sign(workspace, asked))
    await ask.accepts('the tag', judges.cosign(['verify', tag], right))
    const args = ['verify-attestation', '--type', 'https://slsa.dev/provenance/v1', tag]
    await ask.accepts('provenance at the tag', judges.cosign(args, right))
    await ask.accepts('every platform at the tag', assay.verify(tag, right))
    const wrong = { signer: known, who: 'other' } as const
    await ask.refuses('another identity', judges.cosign(['verify', tag], wrong))
  } finally {
    workspace.remove()
  }
}

/** What nobody else does: both forms, from one key and one certificate. */
async function allForms(cast: Cast, registry: RealRegistry, ask: Asking): Promise<void> {
  const known = cast.signers.known('keyless, Rekor v1')
  const image = await pushImage(registry, 'octo/both')
  const workspace = cast.assay.workspace()
  const forms = ['referrer', 'legacy', 'file']
  try {
    const asked = { signer: known, forms, images: [image.reference], file: true } as const
    mustHaveSigned(await cast.assay.sign(workspace, asked))
    await judgeImage(cast, { known, image, form: 'referrer' }, ask)
    // Where there are bundles, cosign 2.6 takes them, whatever it is told of the format, and wants the whole root.
    const args = ['verify', '--new-bundle-format', '--trusted-root', cast.judges.root]
    const right = { signer: known, who: 'signer' } as const
    await ask.accepts('signature', cast.judges.cosign2([...args, image.reference], right))
    ask.holds('the tags', (await tagsOf(image)).length === 2, 'no tags beside the bundles')
  } finally {
    workspace.remove()
  }
}

/** "Anybody can check this": so it has to be true, word for word. */
async function printedLines(
  { assay, judges }: Cast,
  { known, registry }: { readonly known: KnownSigner; readonly registry: RealRegistry },
  ask: Asking
): Promise<void> {
  const image = await pushImage(registry, 'octo/printed')
  const workspace = assay.workspace()
  try {
    const given = { signer: known, forms: ['referrer', 'file'], images: [image.reference] }
    const run = await assay.sign(workspace, { ...given, file: true })
    mustHaveSigned(run)
    cpSync(run.outputs['output-folder'] ?? '', workspace.path, { recursive: true })
    const lines = [...run.summary.matchAll(/^(?:cosign|gh) .*$/gm)].map(([line]) => line)
    ask.holds('lines in the summary', lines.length >= 4, `${lines.length} lines`)
    for (const line of lines) {
      await ask.accepts('as printed', judges.line(line, workspace.path))
      const other = line.replaceAll('release.yml', 'other.yml')
      await ask.refuses('another identity', judges.line(other, workspace.path))
    }
  } finally {
    workspace.remove()
  }
}
