import { imageNameOf, type ImageReference } from '../../formats/oci/reference.ts'
import { type Digest, digestFromHex } from '../../model/digest.ts'
import type { Evidence } from '../../model/evidence.ts'
import { type Finding, findingOf, type Rule } from '../../model/finding.ts'
import { purlOf } from '../../model/purl.ts'
import type { Looked } from './looked.ts'
import type { Reading } from './resolve.ts'
import { CONTRADICTED, NOT_FOUND, TAG_NOT_PINNED, UNAVAILABLE } from './rules.ts'

/** What was observed of one reference: one piece of evidence for each manifest that was asked for. */
export function evidenceOf(looked: Looked, now: Date): readonly Evidence[] {
  const { given, reference } = looked
  const observedAt = `${now.toISOString().slice(0, 19)}Z`
  if ('obstacle' in looked) {
    const { reason } = looked.obstacle
    const rest = { kind: 'digest', outcome: 'unavailable', source: '', observedAt } as const
    return [{ ...rest, subject: given, detail: reason }]
  }
  return looked.readings.map((reading) => {
    const { outcome, url, expected, observed } = reading
    const digest = outcome === 'contradicted' ? expected : (observed ?? expected)
    const seen = observed === undefined ? undefined : modelDigest(observed)
    return {
      subject: digest === undefined ? given : purlOfImage(reference, digest),
      kind: 'digest',
      outcome: outcome === 'missing' ? 'unavailable' : outcome,
      source: url,
      ...(seen && { observed: seen }),
      observedAt,
      detail: detailOf(reading, reference)
    }
  })
}

function detailOf(
  { outcome, what, expected = '', observed = '' }: Reading,
  { tag = 'latest' }: ImageReference
): string {
  const words: Readonly<Record<Reading['outcome'], string>> = {
    verified: `read, and its bytes have the digest ${observed}`,
    contradicted: `asked for ${expected}, got bytes with the digest ${observed}`,
    absent: `the tag "${tag}" is ${observed} now; a tag pins no bytes`,
    missing: `the registry has no ${expected === '' ? `tag "${tag}"` : expected}`
  }
  return `${what}: ${words[outcome]}`
}

/** What it means. One finding for each image at most, besides the note on its tag. */
export function findingsOf(looked: Looked, evidence: readonly Evidence[]): readonly Finding[] {
  const { given, reference } = looked
  if ('obstacle' in looked) {
    const { reason, remedy } = looked.obstacle
    const rule = remedy === undefined ? UNAVAILABLE : { ...UNAVAILABLE, remedy }
    return [finding(rule, given, `${given} could not be looked at: ${reason}`, evidence)]
  }
  const { readings } = looked
  const wrong = readings.find(({ outcome }) => outcome === 'contradicted')
  const missing = readings.find(({ outcome }) => outcome === 'missing')
  const unpinned =
    reference.digest === undefined && readings.some(({ outcome }) => outcome === 'absent')
  return [
    ...(wrong
      ? [finding(CONTRADICTED, given, `${given}: ${detailOf(wrong, reference)}`, evidence)]
      : []),
    ...(missing
      ? [finding(NOT_FOUND, given, `${given}: ${detailOf(missing, reference)}`, evidence)]
      : []),
    ...(unpinned
      ? [finding(TAG_NOT_PINNED, given, tagMessage(given, evidence), evidence.slice(0, 1))]
      : [])
  ]
}

function tagMessage(given: string, [first]: readonly Evidence[]): string {
  const { algorithm = '', hex = '' } = first?.observed ?? {}
  return `${given} is ${algorithm}:${hex} now, and can be moved`
}

function finding(
  rule: Rule,
  subject: string,
  message: string,
  evidence: readonly Evidence[]
): Finding {
  return findingOf(rule, { subject, message, evidence })
}

/** What an image is called in reports. @see https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
export function purlOfImage(reference: ImageReference, digest: string): string {
  const { repository, tag } = reference
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  return purlOf('oci', name, digest, {
    repository_url: imageNameOf(reference),
    ...(tag !== undefined && { tag })
  })
}

function modelDigest(text: string): Digest | undefined {
  const [algorithm = '', hex = ''] = text.split(':')
  return digestFromHex(algorithm, hex)
}
