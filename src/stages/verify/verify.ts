import type { Host } from '../../host/host.ts'
import type { Checkout } from '../../model/checkout.ts'
import { InputError } from '../../model/errors.ts'
import { findingOf } from '../../model/finding.ts'
import { renderDigest } from '../../model/digest.ts'
import { missingDemands, signerDemandsOf } from '../../policy/signer-policy.ts'
import { demandedTypes } from '../../policy/statement-policy.ts'
import {
  assessSubject,
  type Genuine,
  type Refused,
  type SubjectDemands
} from '../../policy/subject-policy.ts'
import { openRepository } from '../../services/oci-registry.ts'
import { evidenceOf as imageEvidence } from '../images/findings.ts'
import { type Looked, obstacleOf } from '../images/looked.ts'
import { type RegistryAccess, registryAccess } from '../images/registry.ts'
import { type Resolved, resolveImage } from '../images/resolve.ts'
import { inParallel } from '../in-parallel.ts'
import type { RunContext, StageResult } from '../stage.ts'
import type { Candidate, Found } from './candidates.ts'
import { examine } from './examine.ts'
import { fileOf, findForBundle, findForDigest, findForFile } from './file.ts'
import { evidenceOf, findingsOf } from './findings.ts'
import { findAtGithub, lacksToken, NO_TOKEN } from './github.ts'
import { findForImage } from './image.ts'
import { minisignOf } from './minisign.ts'
import { nobodyNamed } from './nobody-named.ts'
import type { Place } from './place.ts'
import { isVerified, type PartResult, type SubjectResult, type Trouble } from './result.ts'
import { OLD_TRUST } from './rules.ts'
import { sectionOf } from './section.ts'
import { subjectOf, type WantedSubject } from './subject.ts'
import { type Trust, trustOf } from './trust.ts'

/** Subjects that are looked at at once. */
const MAX_AT_ONCE = 4

/**
 * Verifies every subject that was named.
 *
 * @throws InputError `INPUT_INVALID` when nothing or nobody was named, or not so that it can be understood
 */
export async function verifySubjects(
  context: RunContext,
  where: Checkout
): Promise<StageResult<undefined>> {
  const { host, settings } = context
  const wanted = [...new Set(settings.verify.subjects)].map((given) => subjectOf(host, given))
  if (wanted.length === 0) throw nothingNamed()
  const types = demandedTypes(settings.verify.predicateTypes)
  signerDemandsOf(settings.verify, [])
  const trust = await trustOf(context, where)
  const { maxAgeDays, signers: least } = settings.verify
  const signers = signerDemandsOf(settings.verify, trust.keys)
  const demands = { signers, types, maxAgeDays, least, now: host.now() }
  const references = wanted.flatMap((one) => (one.kind === 'image' ? one.reference : []))
  const access = registryAccess(context, references)
  const loose = looseBundles(context, wanted)
  const work: Work = { context, trust, demands, access, loose: loose.map(({ place }) => place) }
  const subjects = wanted.filter((one) => one.kind !== 'bundle' || !loose.includes(one))
  const progress = host.progress('Verifying', subjects.length)
  const results = await inParallel(subjects, MAX_AT_ONCE, async (one) => {
    const result = await verifyOne(work, one)
    progress.advance()
    return result
  })
  progress.done()
  const missing = missingDemands(signers)
  if (missing.length > 0) throw nobodyNamed(host, missing, results)
  return resultOf(host, results, trust)
}

interface Work {
  readonly context: RunContext
  readonly trust: Trust
  readonly demands: SubjectDemands
  readonly access: RegistryAccess
  /** Bundles that are looked at for every digest. */
  readonly loose: readonly Place[]
}

type WantedBundle = Extract<WantedSubject, { readonly kind: 'bundle' }>

/** A bundle without its file speaks for itself; but beside a digest, for the digest. */
function looseBundles(
  context: RunContext,
  wanted: readonly WantedSubject[]
): readonly WantedBundle[] {
  if (!wanted.some(({ kind }) => kind === 'digest')) return []
  return wanted.filter(
    (one): one is WantedBundle => one.kind === 'bundle' && fileOf(context, one.place) === undefined
  )
}

function nothingNamed(): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: 'Nothing to verify: no image, file or bundle was named',
    remedy:
      'Name what to verify, one a line, in `verify`; on a terminal: assay verify <image|file|bundle> --identity <name> --issuer <address>'
  })
}

async function verifyOne(work: Work, wanted: WantedSubject): Promise<SubjectResult> {
  const { context } = work
  const { given } = wanted
  try {
    switch (wanted.kind) {
      case 'image':
        return await verifyImage(work, wanted)
      case 'file':
        return await partsOf(work, given, [await findForFile(context, wanted)])
      case 'bundle':
        return await partsOf(work, given, [await findForBundle(context, wanted.place)])
      case 'digest':
        return await partsOf(work, given, [findForDigest(context, wanted, work.loose)])
      default:
        return wanted satisfies never
    }
  } catch (error) {
    const trouble: Trouble = { kind: 'unavailable', ...obstacleOf(context, error) }
    return { given, parts: [], trouble, evidence: [] }
  }
}

async function verifyImage(
  work: Work,
  { given, reference }: Extract<WantedSubject, { readonly kind: 'image' }>
): Promise<SubjectResult> {
  const { context, access } = work
  const repository = openRepository(access, reference)
  const resolved = await resolveImage(repository, given, reference)
  const looked: Looked = resolved
  // A tag pins nothing, which is no fault here: what it is now is what is verified.
  const evidence = imageEvidence(looked, context.host.now()).filter(
    ({ outcome }) => outcome === 'verified'
  )
  const { image } = resolved
  if (image === undefined) return { given, parts: [], trouble: troubleOf(resolved), evidence }
  const result = await partsOf(work, given, await findForImage(context, repository, image))
  return { ...result, image, evidence }
}

function troubleOf({ readings }: Resolved): Trouble {
  const wrong = readings.find(({ outcome }) => outcome === 'contradicted')
  if (wrong) {
    const { what, expected = '', observed = '' } = wrong
    const reason = `${what}: digest: expected ${expected}, found ${observed}`
    return { kind: 'contradicted', reason }
  }
  const missing = readings.find(({ outcome }) => outcome === 'missing')
  const found = missing?.expected ?? 'of that tag'
  return { kind: 'not-found', reason: `the registry has no manifest ${found}` }
}

async function partsOf(
  { context, trust, demands }: Work,
  given: string,
  found: readonly Found[]
): Promise<SubjectResult> {
  const parts: PartResult[] = []
  for (const { target, candidates, blind, notes, file } of found) {
    const kept = await findAtGithub(context, target.digests)
    const genuine: Genuine[] = []
    const refused: Refused[] = []
    // Told where there is nothing else; with bundles, only whoever has such a key wants to hear of it.
    const wanted = trust.minisign.length > 0 || candidates.length === 0
    const minisign = file && wanted ? await minisignOf(context.host, file, trust.minisign) : []
    for (const seen of minisign) {
      if ('refusal' in seen) refused.push(seen)
      else genuine.push(seen)
    }
    const bounded = boundedMessages([...candidates, ...kept.candidates])
    for (const candidate of bounded.candidates) {
      const seen = await examine(trust.verifier, candidate, target)
      if (!('refusal' in seen)) genuine.push(seen)
      else if (candidate.shared !== true || seen.refusal.check !== 'subject') refused.push(seen)
    }
    const assessment = assessSubject(genuine, refused, demands)
    const said = lacksToken(context) ? [...notes, NO_TOKEN] : notes
    parts.push({
      target,
      genuine,
      assessment,
      blind: [...blind, ...kept.blind, ...bounded.blind],
      notes: said
    })
  }
  return { given, parts, evidence: [] }
}

/** Signatures of bytes that are read for one target: each takes all of its bytes, which may be many. */
const MAX_MESSAGES = 20

function boundedMessages(candidates: readonly Candidate[]): Pick<Found, 'candidates' | 'blind'> {
  let messages = 0
  const worth = candidates.filter(
    ({ bundle, payload }) =>
      typeof bundle === 'string' ||
      bundle['messageSignature'] === undefined ||
      payload !== undefined ||
      ++messages <= MAX_MESSAGES
  )
  const rest = candidates.length - worth.length
  const place = 'the rest of the signatures of bytes'
  return {
    candidates: worth,
    blind: rest === 0 ? [] : [{ place, reason: `${rest} more than ${MAX_MESSAGES}` }]
  }
}

function resultOf(
  host: Host,
  results: readonly SubjectResult[],
  trust: Trust
): StageResult<undefined> {
  const evidence = results.map((one) => evidenceOf(one, host.now()))
  const verified = results.filter(isVerified).length
  const accepted = results.flatMap(({ parts }) => parts.flatMap((one) => one.assessment.accepted))
  const refused = results.flatMap(({ parts }) => parts.flatMap((one) => one.assessment.refused))
  const old =
    trust.frozen === undefined
      ? []
      : [
          findingOf(OLD_TRUST, {
            subject: 'trusted root',
            message: `The trusted root is that of ${trust.asOf}, which came with Assay: ${trust.frozen}`
          })
        ]
  return {
    output: undefined,
    findings: [...results.flatMap((one, at) => findingsOf(host, one, evidence[at] ?? [])), ...old],
    evidence: evidence.flat(),
    section: sectionOf(results),
    stats: {
      subjects: results.length,
      verified,
      notVerified: results.length - verified,
      accepted: accepted.length,
      refused: refused.length
    },
    outputs: {
      // What is not verified must not be taken from here by mistake.
      'image-digests': results
        .filter(isVerified)
        .flatMap(({ image }) => image ?? [])
        .map(({ subject }) => `${subject.name}@${renderDigest(subject.digest)}`)
        .join('\n')
    }
  }
}
