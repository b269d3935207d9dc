import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cast, Plan } from './matrix.ts'
import { type Asking, type Cell, cellOf } from './check.ts'
import { pushImage, type PushedImage, replay } from './image.ts'
import type { RealRegistry } from './registries.ts'
import { type KnownSigner, type SignerName, SIGNERS } from './signers.ts'
import type { Cosign } from './theirs.ts'

/** Types of {@link STATED}, as statements name them. */
const TYPES = [
  'https://spdx.dev/Document',
  'https://cyclonedx.org/bom',
  'https://slsa.dev/provenance/v1'
] as const

/** The same places, each signed by real cosign: does Assay accept it? */
export function theirMatrixOf(
  cast: Cast,
  cosign: Cosign,
  registries: readonly RealRegistry[]
): readonly Plan[] {
  const images = registries.flatMap((registry) =>
    (['referrer', 'legacy'] as const).flatMap((form) =>
      SIGNERS.map((signer) => imagePlan(cast, cosign, { registry, form, signer }))
    )
  )
  return [...images, ...SIGNERS.map((signer) => filePlan(cast, cosign, signer))]
}

interface Place {
  readonly registry: RealRegistry
  readonly form: 'referrer' | 'legacy'
  readonly signer: SignerName
}

function imagePlan(cast: Cast, cosign: Cosign, { registry, form, signer }: Place): Plan {
  const known = cast.signers.known(signer)
  const by = form === 'legacy' ? 'cosign 2' : 'cosign 3'
  const name = `by ${by}: ${registry.program}, ${registry.auth}, ${form}, ${signer}`
  const about = { registry: registry.program, auth: registry.auth, form, signer }
  const cannot = cannotOf(form, known)
  if (cannot !== undefined) return skippedPlan(name, { ...about, skipped: cannot })
  const run = (): Promise<Cell> =>
    cellOf(about, async (ask) => {
      const image = await pushImage(registry, 'octo/theirs')
      if (form === 'legacy') await cosign.legacyImage(image.reference, signer)
      else await cosign.image(image.reference, signer)
      await judgeTheirs(cast, image, known, ask)
    })
  return { name, run }
}

/** What cosign itself does not write. */
function cannotOf(form: string, { rekor }: KnownSigner): string | undefined {
  if (form === 'legacy' && rekor === 2) return 'the form has no place for an entry of Rekor v2'
  if (form !== 'legacy' && rekor === undefined) return 'cosign 3 signs with a log'
  return undefined
}

async function judgeTheirs(
  { assay }: Cast,
  image: PushedImage,
  known: KnownSigner,
  ask: Asking
): Promise<void> {
  const right = { signer: known, who: 'signer' } as const
  const victim = await pushImage(image.registry, image.repository)
  const copies = await replay(image, victim)
  ask.holds('attachments', copies > 0, 'there is nothing at the image')
  await ask.accepts('signature', assay.verify(image.reference, right))
  const types = TYPES.flatMap((type) => ['--predicate-type', type])
  await ask.accepts('all statements', assay.verify(image.reference, right, types))
  const other = ['--predicate-type', 'https://slsa.dev/verification_summary/v1']
  await ask.refuses('a statement that is not there', assay.verify(image.reference, right, other))
  const wrong = { signer: known, who: 'other' } as const
  await ask.refuses('another identity', assay.verify(image.reference, wrong))
  await ask.refuses('another digest', assay.verify(victim.reference, right))
}

function filePlan(cast: Cast, cosign: Cosign, signer: SignerName): Plan {
  const known = cast.signers.known(signer)
  const name = `by cosign 3: file, ${signer}`
  const about = { registry: 'none', auth: '', form: 'file', signer }
  const cannot = cannotOf('file', known)
  if (cannot !== undefined) return skippedPlan(name, { ...about, skipped: cannot })
  const run = (): Promise<Cell> =>
    cellOf(about, async (ask) => {
      const workspace = cast.assay.workspace()
      try {
        const file = join(workspace.path, 'theirs.bin')
        const other = join(workspace.path, 'other.bin')
        writeFileSync(file, `theirs ${Math.random()}`)
        writeFileSync(other, readFileSync(file, 'utf8').replace('theirs', 'others'))
        const message = await cosign.blob(file, signer)
        const statement = await cosign.blobStatement(file, signer)
        const [right, wrong] = [
          { signer: known, who: 'signer' },
          { signer: known, who: 'other' }
        ] as const
        for (const [what, path] of [
          ['signature', message],
          ['statement', statement]
        ] as const) {
          const flags = what === 'statement' ? ['--predicate-type', TYPES[2]] : []
          await ask.accepts(what, cast.assay.verifyFile(file, path, right, flags))
          await ask.refuses('another identity', cast.assay.verifyFile(file, path, wrong, flags))
          await ask.refuses('another digest', cast.assay.verifyFile(other, path, right, flags))
        }
      } finally {
        workspace.remove()
      }
    })
  return { name, run }
}

function skippedPlan(name: string, about: Omit<Cell, 'checks' | 'ms'>): Plan {
  return { name, run: () => Promise.resolve({ ...about, checks: [], ms: 0 }) }
}
