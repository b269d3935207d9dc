import type { JsonObject } from '../../formats/json.ts'
import type { Digest } from '../../model/digest.ts'
import type { Obstacle } from '../images/looked.ts'
import type { Place } from './place.ts'

/** What somebody put beside a subject as a signature of it: nobody has looked at it yet. */
export interface Candidate {
  /** Where it was found, for a person: `a referrer`, `layer 2 of the tag sha256-….sig`. */
  readonly origin: string
  /** Address or path, without credentials. */
  readonly source: string
  /** JSON of a bundle; as text, what it is instead. */
  readonly bundle: JsonObject | string
  /** What the signature is over, where that is not the subject itself: the payload of an older signature. */
  readonly payload?: Uint8Array
  /** What its timestamps are of, where that is not the signature. */
  readonly stamped?: Uint8Array
  /** It lies where signatures of other things lie too: what is about those is no news. */
  readonly shared?: true
}

/** A place that could not be looked at. */
export interface BlindSpot extends Obstacle {
  /** `the list of referrers` */
  readonly place: string
}

/** One thing with a digest that signatures are about: a manifest, a file. */
export interface Target {
  /** `index`, `linux/arm64`, `file` */
  readonly what: string
  /** `ghcr.io/o/app@sha256:…`, the path of a file. */
  readonly name: string
  /** All that are known. Empty for a bundle without its file: it speaks for itself. */
  readonly digests: readonly Digest[]
  /** The bytes, anew at each call. Absent where only the digest is known. */
  chunks?(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** All that was found beside a target. */
export interface Found {
  readonly target: Target
  readonly candidates: readonly Candidate[]
  readonly blind: readonly BlindSpot[]
  /** Sentences for a person: what is there that signs nothing. */
  readonly notes: readonly string[]
  /** The file, where signatures of other kinds than bundles may lie beside it. */
  readonly file?: Place
}

/** Most candidates of one target that are looked at. */
export const MAX_CANDIDATES = 200
