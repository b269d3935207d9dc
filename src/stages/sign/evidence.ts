import { parseImageReference } from '../../formats/oci/reference.ts'
import { renderDigest } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { Signer } from '../../model/signer.ts'
import type { Subject } from '../../model/subject.ts'
import type { SigningIdentity } from '../../services/bundle-signer.ts'
import { SHORT_IMAGE_NAMES } from '../../services/registry-defaults.ts'
import { purlOfImage } from '../images/findings.ts'
import type { Promoted } from './promoting.ts'
import { CONTRADICTED, NOT_KEPT, NOT_PROMOTED } from './rules.ts'
import type { Kept, SignedSubject } from './signing.ts'

/** Evidence, and the findings that it leads to. */
export interface Observed {
  readonly evidence: readonly Evidence[]
  readonly findings: readonly Finding[]
}

/** What was kept of everything signed, as it was read back: one piece of evidence for each place. */
export function observedOf(
  { subject, given, what, kept }: SignedSubject,
  { identity, now }: { readonly identity: SigningIdentity | undefined; readonly now: Date }
): Observed {
  const name = what === 'file' ? subject.name : purlOf(subject)
  const signer = identity && signerOf(identity)
  const pairs = kept.map((one) => ({ one, evidence: evidenceOf(one, { name, signer, now }) }))
  const bad = Map.groupBy(
    pairs.filter(({ one }) => one.outcome !== 'verified'),
    // What fails for one reason is one finding.
    ({ one }) => JSON.stringify([one.outcome, one.form, one.detail])
  )
  const findings = [...bad.values()].map((group) => {
    const [first] = group
    const { outcome = 'unavailable', form, detail = '', remedy } = first?.one ?? {}
    const says = group.map(({ one }) => one.says).join(', ')
    const rule = outcome === 'contradicted' ? CONTRADICTED : NOT_KEPT
    return findingOf(remedy === undefined ? rule : { ...rule, remedy }, {
      subject: name,
      message: `${says} of ${given} (${what}), form ${form ?? ''}: ${detail}`,
      evidence: group.map(({ evidence }) => evidence)
    })
  })
  return { evidence: pairs.map(({ evidence }) => evidence), findings }
}

function evidenceOf(
  { says, form, outcome, source, observed, detail, predicateType }: Kept,
  {
    name,
    signer,
    now
  }: { readonly name: string; readonly signer: Signer | undefined; readonly now: Date }
): Evidence {
  return {
    subject: name,
    kind: says === 'signature' ? 'signature' : 'attestation',
    outcome,
    source,
    ...(observed && { observed }),
    ...(outcome === 'verified' && signer && { signer }),
    ...(predicateType !== undefined && { predicateType }),
    observedAt: timeOf(now),
    detail: `${says}, form ${form}: ${detail}`
  }
}

function timeOf(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`
}

function signerOf(identity: SigningIdentity): Signer {
  return identity.kind === 'key'
    ? { identity: `key ${identity.hint}` }
    : { identity: identity.identity, issuer: identity.issuer }
}

/** What an image is called in reports. */
function purlOf({ name, digest }: Subject): string {
  const reference = parseImageReference(name, SHORT_IMAGE_NAMES)
  return typeof reference === 'string' ? name : purlOfImage(reference, renderDigest(digest))
}

/** What came of promoting: evidence of the tag, or a finding. */
export function observedOfPromoted(
  { promotion, tagged, before, reason, remedy }: Promoted,
  now: Date
): Observed {
  const { image, name, tag } = promotion
  const place = {
    subject: purlOf({ name, digest: image.subject.digest }),
    source: `${name}:${tag}`
  }
  const evidence: Evidence = {
    ...place,
    kind: 'digest',
    ...(tagged === undefined
      ? { outcome: 'unavailable', detail: `the tag was left as it was: ${reason ?? ''}` }
      : {
          outcome: 'verified',
          observed: image.subject.digest,
          detail: `the tag "${tag}" ${before === true ? 'was' : 'was set, and is'} ${tagged}; the image and its signatures are beside it`
        }),
    observedAt: timeOf(now)
  }
  if (tagged !== undefined) return { evidence: [evidence], findings: [] }
  const rule = remedy === undefined ? NOT_PROMOTED : { ...NOT_PROMOTED, remedy }
  const message = `${image.given} was not promoted to ${name}:${tag}: ${reason ?? ''}`
  return {
    evidence: [evidence],
    findings: [findingOf(rule, { subject: place.subject, message, evidence: [evidence] })]
  }
}
