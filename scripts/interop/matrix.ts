import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionRun, Workspace } from '../../__tests__/support/run-bundle.ts'
import { type Assay, bundlesOf, FILE, type WrittenBundle } from './assay.ts'
import { type Asking, type Cell, cellOf } from './check.ts'
import { pushImage, type PushedImage, replay } from './image.ts'
import type { Judges } from './judges.ts'
import type { RealRegistry } from './registries.ts'
import { type KnownSigner, type SignerName, SIGNERS, type Signers } from './signers.ts'

export const FORMS = ['referrer', 'legacy', 'file'] as const

export type Form = (typeof FORMS)[number]

/** What verifiers and signers the matrix is made with. */
export interface Cast {
  readonly assay: Assay
  readonly judges: Judges
  readonly signers: Signers
}

/** Types of the statements that are made, as cosign has them to name. */
export const STATEMENTS = [
  'https://spdx.dev/Document',
  'https://cyclonedx.org/bom',
  'https://slsa.dev/provenance/v1',
  'https://slsa.dev/verification_summary/v1'
] as const

const PROVENANCE = 'https://slsa.dev/provenance/v1'

/** A cell that is yet to be filled. */
export interface Plan {
  readonly name: string
  run(): Promise<Cell>
}

/** Registry × authentication × form × signer, each signed by Assay. */
export function matrixOf(cast: Cast, registries: readonly RealRegistry[]): readonly Plan[] {
  return registries.flatMap((registry) =>
    FORMS.flatMap((form) => SIGNERS.map((signer) => planOf(cast, { registry, form, signer })))
  )
}

interface Place {
  readonly registry: RealRegistry
  readonly form: Form
  readonly signer: SignerName
}

function planOf(cast: Cast, { registry, form, signer }: Place): Plan {
  const about = { registry: registry.program, auth: registry.auth, form, signer }
  const known = cast.signers.known(signer)
  const name = `${registry.program}, ${registry.auth}, ${form}, ${signer}`
  const fill = form === 'legacy' && known.rekor !== 1 ? refuseCell : fillCell
  return { name, run: () => cellOf(about, (ask) => fill(cast, { registry, form, known }, ask)) }
}

/** The legacy form has no place for an entry of Rekor v2, and Assay writes none that cosign takes on two flags only. */
async function refuseCell(
  cast: Cast,
  { registry, form, known }: Wanted,
  ask: Asking
): Promise<void> {
  const image = await pushImage(registry, 'octo/ours')
  const workspace = cast.assay.workspace()
  try {
    const asked = { signer: known, forms: [form], images: [image.reference] }
    const { exitCode, log } = await cast.assay.sign(workspace, asked)
    const said = exitCode === 2 && log.includes('rekor-version: 1')
    ask.holds('refused, with the remedy', said, `Assay ended with ${exitCode ?? 'a signal'}`)
    const { accepted } = await cast.judges.cosign(['verify', image.reference], {
      signer: known,
      who: 'signer'
    })
    ask.holds('nothing was signed', !accepted, 'there is a signature')
  } finally {
    workspace.remove()
  }
}

interface Wanted {
  readonly registry: RealRegistry
  readonly form: Form
  readonly known: KnownSigner
}

async function fillCell(cast: Cast, { registry, form, known }: Wanted, ask: Asking): Promise<void> {
  const image = await pushImage(registry, 'octo/ours')
  const workspace = cast.assay.workspace()
  try {
    const file = form === 'file' ? ({ file: true } as const) : {}
    const given = { signer: known, forms: [form], images: [image.reference], ...file }
    const run = await cast.assay.sign(workspace, given)
    mustHaveSigned(run)
    if (form === 'file') {
      await judgeFiles(cast, { known, image, workspace, run }, ask)
    } else {
      await judgeImage(cast, { known, image, form }, ask)
    }
  } finally {
    workspace.remove()
  }
}

/** @throws with what the log says when the run did not pass */
export function mustHaveSigned({ exitCode, log }: ActionRun): void {
  if (exitCode === 0) return
  const lines = log.split('\n').filter((line) => /::error|✗|error/i.test(line))
  throw new Error(`Assay ended with ${exitCode ?? 'a signal'}: ${lines.slice(0, 3).join(' / ')}`)
}

/** What is at an image: by everybody who reads that form, for the right one and for a wrong one. */
export async function judgeImage(
  { assay, judges }: Cast,
  { known, image, form }: { known: KnownSigner; image: PushedImage; form: 'referrer' | 'legacy' },
  ask: Asking
): Promise<void> {
  const [right, wrong] = [
    { signer: known, who: 'signer' },
    { signer: known, who: 'other' }
  ] as const
  const victim = await pushImage(image.registry, image.repository)
  const copies = await replay(image, victim)
  ask.holds('attachments', copies > 0, 'there is nothing at the image')
  const types = STATEMENTS.flatMap((type) => ['--predicate-type', type])
  await ask.accepts('all statements', assay.verify(image.reference, right, types))
  await ask.refuses('another identity', assay.verify(image.reference, wrong))
  await ask.refuses('another digest', assay.verify(victim.reference, right))
  const cosigns = form === 'legacy' ? [judges.cosign, judges.cosign2] : [judges.cosign]
  for (const cosign of cosigns) {
    await ask.accepts('signature', cosign(['verify', image.reference], right))
    for (const type of STATEMENTS) {
      const args = ['verify-attestation', '--type', type, image.reference]
      await ask.accepts(type, cosign(args, right))
    }
    await ask.refuses('another identity', cosign(['verify', image.reference], wrong))
    await ask.refuses('another digest', cosign(['verify', victim.reference], right))
  }
  if (form === 'referrer' && known.publicKey === undefined) {
    const flags = ['--bundle-from-oci', '--predicate-type', PROVENANCE]
    await ask.accepts('provenance', judges.gh([`oci://${image.reference}`, ...flags], right))
    await ask.refuses('another identity', judges.gh([`oci://${image.reference}`, ...flags], wrong))
    await ask.refuses('another digest', judges.gh([`oci://${victim.reference}`, ...flags], right))
  }
}

interface SignedFiles {
  readonly known: KnownSigner
  readonly image: PushedImage
  readonly workspace: Workspace
  readonly run: ActionRun
}

/** Bundles in files: about the file of the checkout, and about the image. */
async function judgeFiles(cast: Cast, signed: SignedFiles, ask: Asking): Promise<void> {
  const { workspace, image, run } = signed
  const bundles = bundlesOf(run)
  const hex = image.digest.slice('sha256:'.length)
  const ofImage = bundles.filter(({ digest }) => digest === hex)
  const ofFile = bundles.filter(({ digest }) => digest !== hex)
  const file = join(workspace.path, FILE)
  const other = `${file}.other`
  writeFileSync(other, 'something else')
  for (const [what, list] of [
    ['the file', ofFile],
    ['the image', ofImage]
  ] as const) {
    const stated = list.map(({ predicateType }) => predicateType)
    const missing = STATEMENTS.filter((type) => !stated.includes(type))
    const found = `${missing.join(', ')} not stated of ${what}`
    ask.holds(`statements about ${what}`, missing.length === 0, found)
  }
  for (const bundle of ofFile) await judgeFile(cast, signed, { bundle, file, other }, ask)
  for (const bundle of ofImage) await judgeImageBundle(cast, signed, bundle, ask)
}

async function judgeFile(
  { assay, judges }: Cast,
  { known }: SignedFiles,
  { bundle, file, other }: { bundle: WrittenBundle; file: string; other: string },
  ask: Asking
): Promise<void> {
  const [right, wrong] = [
    { signer: known, who: 'signer' },
    { signer: known, who: 'other' }
  ] as const
  const { path, predicateType } = bundle
  const about = predicateType ?? 'signature of the file'
  const flag = ['--bundle', path]
  const args =
    predicateType === undefined
      ? ['verify-blob', ...flag]
      : ['verify-blob-attestation', '--type', predicateType, ...flag]
  const type = predicateType === undefined ? [] : ['--predicate-type', predicateType]
  const byGh = predicateType !== undefined && known.publicKey === undefined
  const ghFlags = [...flag, ...type]
  await ask.accepts(about, judges.cosign([...args, file], right))
  await ask.accepts(about, assay.verifyFile(file, path, right, type))
  if (byGh) await ask.accepts(about, judges.gh([file, ...ghFlags], right))
  // What is refused of one statement is of the others.
  if (predicateType !== undefined && predicateType !== PROVENANCE) return
  await ask.refuses('another identity', judges.cosign([...args, file], wrong))
  await ask.refuses('another digest', judges.cosign([...args, other], right))
  await ask.refuses('another identity', assay.verifyFile(file, path, wrong, type))
  await ask.refuses('another digest', assay.verifyFile(other, path, right, type))
  if (!byGh) return
  await ask.refuses('another identity', judges.gh([file, ...ghFlags], wrong))
  await ask.refuses('another digest', judges.gh([other, ...ghFlags], right))
}

async function judgeImageBundle(
  { judges }: Cast,
  { known, image }: SignedFiles,
  { path, predicateType, digest }: WrittenBundle,
  ask: Asking
): Promise<void> {
  const right = { signer: known, who: 'signer' } as const
  if (predicateType === undefined) {
    ask.holds('signature of the image', false, `${path} is no statement`)
    return
  }
  const type = ['--type', predicateType, '--digestAlg', 'sha256']
  const args = ['verify-blob-attestation', ...type, '--bundle', path, '--digest']
  await ask.accepts(`image: ${predicateType}`, judges.cosign([...args, digest], right))
  await ask.refuses('another digest', judges.cosign([...args, '0'.repeat(64)], right))
  ask.holds('digest of the image', image.digest.endsWith(digest), `it is about ${digest}`)
}
