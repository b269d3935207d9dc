import { createHash } from 'node:crypto'
import { type SignatureInFile, signaturesIn } from '../../formats/bundle-file.ts'
import { type Digest, digestFromHex, renderDigest } from '../../model/digest.ts'
import { obstacleOf } from '../images/looked.ts'
import type { RunContext } from '../stage.ts'
import { type BlindSpot, type Candidate, type Found, MAX_CANDIDATES } from './candidates.ts'
import { beside, chunksAt, isFile, type Place, placeOf, textAt } from './place.ts'

/** Largest file with bundles, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024

/** What signatures of one file are called. */
const SUFFIXES = [
  '.sigstore.json',
  '.sigstore',
  '.sigstore.jsonl',
  '.intoto.jsonl',
  '.build.slsa',
  '.intoto.build.slsa',
  '.bundle',
  '.attestation',
  '.publish.attestation',
  '.slsa.attestation',
  '.provenance'
]

/** What files with signatures of several are called. */
const SHARED = ['attestations.sigstore.jsonl', 'multiple.intoto.jsonl']

const ALGORITHMS = ['sha256', 'sha384', 'sha512'] as const

/** What lies beside a file as its signatures. @throws ParseError when the file cannot be read */
export async function findForFile(
  context: RunContext,
  given: { readonly place: Place; readonly bundles?: readonly Place[] }
): Promise<Found> {
  const { host } = context
  const { place } = given
  const digests = await digestsOf(chunksAt(host, place))
  const own = SUFFIXES.map((suffix) => beside(place, { suffix }))
  // `gh attestation download` calls its file by the digest.
  const names = digests.slice(0, 1).map((digest) => renderDigest(digest))
  const shared = [
    ...SHARED,
    ...names.flatMap((name) => [`${name}.jsonl`, `${name.replace(':', '-')}.jsonl`])
  ]
  const others = shared.map((sibling) => beside(place, { sibling }))
  const read = [
    ...(given.bundles ?? own).map((one) => candidatesIn(context, one)),
    ...(given.bundles ? [] : others.map((one) => candidatesIn(context, one)))
  ]
  return {
    target: {
      what: 'file',
      name: place.given,
      digests,
      chunks: () => chunksAt(host, place)
    },
    candidates: read.flatMap(({ candidates }) => candidates).slice(0, MAX_CANDIDATES),
    blind: read.flatMap(({ blind }) => blind),
    notes: [],
    ...(given.bundles === undefined && { file: place })
  }
}

/** A bundle by itself, or for the file that it lies beside. @throws ParseError when the file cannot be read */
export async function findForBundle(context: RunContext, place: Place): Promise<Found> {
  const file = fileOf(context, place)
  if (file !== undefined) return findForFile(context, { place: file, bundles: [place] })
  const { candidates, blind } = candidatesIn(context, place)
  return {
    target: { what: 'bundle', name: place.given, digests: [] },
    candidates: candidates.slice(0, MAX_CANDIDATES),
    blind,
    notes: [
      `no file lies beside "${place.given}": what its statements say of digests is compared with nothing`
    ]
  }
}

/** A digest, and the bundles that were named beside it. */
export function findForDigest(
  context: RunContext,
  { given, digest }: { readonly given: string; readonly digest: Digest },
  bundles: readonly Place[]
): Found {
  const read = bundles.map((place) => candidatesIn(context, place))
  return {
    target: { what: 'digest', name: given, digests: [digest] },
    candidates: read.flatMap(({ candidates }) => candidates).slice(0, MAX_CANDIDATES),
    blind: read.flatMap(({ blind }) => blind),
    notes: []
  }
}

/** `app.tgz` of `app.tgz.sigstore.json`, where it is there. */
export function fileOf({ host }: RunContext, { given }: Place): Place | undefined {
  const suffix = SUFFIXES.toSorted((a, b) => b.length - a.length).find((end) => given.endsWith(end))
  const place = suffix === undefined ? undefined : placeOf(host, given.slice(0, -suffix.length))
  return place !== undefined && place.path !== '' && isFile(host, place) ? place : undefined
}

async function digestsOf(chunks: AsyncIterable<Uint8Array>): Promise<readonly Digest[]> {
  const hashes = ALGORITHMS.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }))
  for await (const chunk of chunks) for (const { hash } of hashes) hash.update(chunk)
  return hashes.flatMap(({ algorithm, hash }) => digestFromHex(algorithm, hash.digest('hex')) ?? [])
}

/** What a file with bundles holds; nothing when it is not there. */
function candidatesIn(
  { host }: RunContext,
  place: Place
): { readonly candidates: readonly Candidate[]; readonly blind: readonly BlindSpot[] } {
  try {
    const text = textAt(host, place, MAX_BYTES)
    if (text === undefined) return { candidates: [], blind: [] }
    const found = signaturesIn(text)
    const isShared =
      SHARED.some((name) => place.path.endsWith(name)) || place.path.endsWith('.jsonl')
    const candidates = found.map((one, at): Candidate => {
      const origin = found.length === 1 ? place.given : `${place.given}, entry ${at + 1}`
      return {
        origin,
        source: place.given,
        ...bundleIn(one),
        ...(isShared && found.length > 1 && { shared: true })
      }
    })
    return { candidates, blind: [] }
  } catch (error) {
    return { candidates: [], blind: [{ place: place.given, ...obstacleOf({ host }, error) }] }
  }
}

function bundleIn(found: SignatureInFile): Pick<Candidate, 'bundle' | 'stamped'> {
  if (found.kind === 'bundle') {
    const { json, stamped } = found
    return { bundle: json, ...(stamped && { stamped }) }
  }
  return found.kind === 'damaged'
    ? { bundle: found.reason }
    : { bundle: 'a statement with a certificate, whose log entry is only with the log' }
}
