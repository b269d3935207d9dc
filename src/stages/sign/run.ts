import { join } from 'node:path'
import type { Checkout } from '../../model/checkout.ts'
import { renderDigest } from '../../model/digest.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { Image } from '../../model/image.ts'
import type { Policy } from '../../model/policy.ts'
import type { Predicate, Predicates } from '../../model/predicate.ts'
import type { Verdict } from '../../model/report.ts'
import type { StatementKind } from '../../model/settings.ts'
import type { FileSubject } from '../../model/subject.ts'
import { judge } from '../../policy/judge.ts'
import { minisignSecretOf } from '../../services/minisign-key.ts'
import { verdictPredicate } from '../provenance/verdict.ts'
import { sigstoreOf } from '../sigstore.ts'
import type { RunContext, StageResult } from '../stage.ts'
import { imageCommands, PUBLIC_KEY_DOCUMENT } from './commands.ts'
import { observedOf, observedOfPromoted } from './evidence.ts'
import { fileCommands, MAX_SHOWN_FILES } from './file-commands.ts'
import { fileHindrances, signFiles } from './files.ts'
import { signImages } from './images.ts'
import { prepare, type Prepared } from './prepared.ts'
import { promote, type Promoted } from './promoting.ts'
import { NOT_SIGNED } from './rules.ts'
import { sectionOf } from './section.ts'
import type { CheckCommand, SignedSet, SignedSubject } from './signing.ts'
import { wayToSign } from './way.ts'

/** What the stages before have found. */
export interface SignInputs {
  readonly checkout: Checkout
  readonly policyFile: Policy
  readonly images: readonly Image[]
  readonly files: readonly FileSubject[]
  readonly provenance: Predicates
}

type Result = StageResult<readonly SignedSubject[]>

/**
 * Signs images and files, unless the verdict forbids it or something is in the way.
 *
 * @throws InputError @throws ServiceError before the first signature, for all that is in the way
 */
export async function signEverything(context: RunContext, inputs: SignInputs): Promise<Result> {
  const { host, settings } = context
  const way = wayToSign(context)
  const { images, files } = inputs
  const unseen = unseenImages(settings, images)
  if (images.length + files.length === 0) {
    return { ...nothing('no image or file could be resolved'), findings: unseen }
  }
  const circumstances = { now: host.now(), offline: settings.offline }
  const verdict = judge(context.reports, inputs.policyFile, circumstances)
  if (verdict.conclusion === 'fail' && settings.sign.on === 'pass') return forbidden(verdict)
  const minisign = await minisignSecretOf(settings.sign)
  const { list, claims } = inputs.provenance
  const prepared = await prepare(context, {
    way,
    instance: await sigstoreOf(context, inputs.checkout),
    images,
    predicatesOf: (identity) =>
      inOrder(settings.sign.statements, [
        ...list,
        verdictPredicate(context, {
          conclusion: verdict.conclusion,
          policy: inputs.policyFile,
          checkout: inputs.checkout,
          identity
        })
      ]),
    files: files.length,
    ...(claims && { claims }),
    fileHindrances: (work) => fileHindrances(work, minisign)
  })
  if (typeof prepared === 'string') return { ...nothing(prepared), findings: unseen }
  const { work, planned, promotions } = prepared
  const signed = await signImages(work, planned)
  const ofFiles = await signFiles({ ...work, files, ...(minisign && { minisign }) })
  const promoted = await promote({ work, planned, signed: signed.subjects }, promotions)
  const ofImages: SignedSet = { ...signed, documents: [], commands: [], findings: [] }
  const result = resultOf(context, { prepared, sets: [ofImages, ofFiles], promoted })
  return { ...result, findings: [...unseen, ...(result.findings ?? [])] }
}

/** An image that is missing must not pass for one that is signed. */
function unseenImages(
  { images: named }: RunContext['settings'],
  images: readonly Image[]
): readonly Finding[] {
  return named
    .filter((given) => !images.some((image) => image.given === given))
    .map((given) =>
      findingOf(NOT_SIGNED, {
        subject: given,
        message: `${given} is not signed: it could not be looked at`
      })
    )
}

/** What was asked for, in the order in which it was. */
function inOrder(
  kinds: readonly StatementKind[],
  predicates: readonly Predicate[]
): readonly Predicate[] {
  return [...new Set(kinds)].flatMap((kind) => predicates.find((one) => one.kind === kind) ?? [])
}

function nothing(reason: string): Result {
  return { output: [], nothing: reason }
}

/** Never sign what failed: nothing is asked of anybody. */
function forbidden({ headline }: Verdict): Result {
  return {
    output: [],
    nothing: 'the verdict so far is fail, and what failed is not signed',
    section: {
      title: 'Signatures',
      blocks: [
        { kind: 'paragraph', text: [{ strong: 'Nothing was signed' }, `: ${headline}`] },
        {
          kind: 'paragraph',
          text: ['What failed is signed only with ', { code: 'sign-on: always' }]
        }
      ]
    },
    stats: { subjects: 0 }
  }
}

interface Done {
  readonly prepared: Prepared
  readonly sets: readonly SignedSet[]
  readonly promoted: readonly Promoted[]
}

function resultOf(context: RunContext, { prepared, sets, promoted }: Done): Result {
  const { host, settings } = context
  const now = host.now()
  const identity = prepared.work.own.known()
  const subjects = sets.flatMap((set) => set.subjects)
  const observed = [
    ...subjects.map((one) => observedOf(one, { identity, now })),
    ...promoted.map((one) => observedOfPromoted(one, now))
  ]
  const commands = [
    ...ownCommands(prepared, subjects, promoted),
    ...sets.flatMap((set) => set.commands)
  ]
  const notes = sets.flatMap((set) => set.notes)
  const key = identity?.kind === 'key' ? [keyDocument(identity.publicKey)] : []
  const kept = subjects.flatMap((one) => one.kept)
  const bundles = kept.filter(({ form, outcome }) => form === 'file' && outcome === 'verified')
  const complete = subjects.filter((one) => one.kept.every(({ outcome }) => outcome === 'verified'))
  return {
    output: subjects,
    findings: [
      ...observed.flatMap(({ findings }) => findings),
      ...sets.flatMap((set) => set.findings)
    ],
    evidence: observed.flatMap(({ evidence }) => evidence),
    documents: [...key, ...sets.flatMap((set) => set.documents)],
    section: sectionOf({ identity, subjects, promoted, commands, notes }),
    stats: {
      subjects: complete.length,
      kept: kept.filter(({ outcome }) => outcome === 'verified').length,
      thereBefore: kept.filter(({ before }) => before).length,
      notKept: kept.filter(({ outcome }) => outcome !== 'verified').length,
      promoted: promoted.filter(({ tagged }) => tagged !== undefined).length
    },
    outputs: {
      'signed-subjects': complete
        .map(({ subject }) => `${subject.name}@${renderDigest(subject.digest)}`)
        .join('\n'),
      'verify-commands': commands.map(({ line }) => line).join('\n'),
      // A statement about several files is one bundle.
      'bundle-paths': [...new Set(bundles.map(({ source }) => join(settings.out, source)))].join(
        '\n'
      ),
      'certificate-identity': identity?.kind === 'certificate' ? identity.identity : ''
    }
  }
}

/** One set of lines for each image: those of its platforms differ in the digest alone. */
function ownCommands(
  { instance, work, claims }: Prepared,
  subjects: readonly SignedSubject[],
  promoted: readonly Promoted[]
): readonly CheckCommand[] {
  const identity = work.own.known()
  if (identity === undefined) return []
  const { settings, host } = work.context
  const repository = claims?.repository ?? host.env['GITHUB_REPOSITORY']
  const question = {
    identity,
    instance,
    settings: settings.sigstore,
    ...(repository !== undefined && { repository })
  }
  const tops = subjects.filter(
    ({ given }, at) => subjects.findIndex((other) => other.given === given) === at
  )
  const files = tops.filter(({ what }) => what === 'file').slice(0, MAX_SHOWN_FILES)
  const images = tops.filter(({ what }) => what !== 'file')
  return [
    ...images.flatMap((one) =>
      placesOf(one, promoted).flatMap((name) =>
        imageCommands({ ...one, subject: { ...one.subject, name } }, question)
      )
    ),
    ...files.flatMap((one) => fileCommands(one, question))
  ]
}

/** Where an image is taken from: where it was promoted to, else where it was signed. */
function placesOf(
  { given, subject }: SignedSubject,
  promoted: readonly Promoted[]
): readonly string[] {
  const targets = promoted
    .filter(({ promotion, tagged }) => promotion.image.given === given && tagged !== undefined)
    .map(({ promotion }) => promotion.name)
  return targets.length === 0 ? [subject.name] : [...new Set(targets)]
}

/** Whoever verifies needs the public key from us, not from where the signature is. */
function keyDocument(publicKey: string): NonNullable<Result['documents']>[number] {
  return {
    name: PUBLIC_KEY_DOCUMENT,
    mediaType: 'application/x-pem-file',
    chunks: () => [publicKey]
  }
}
