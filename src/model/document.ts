/** A file that a run writes. */
export interface Document {
  /** File name inside the output folder. */
  readonly name: string
  readonly mediaType: string
  /** The text in pieces, so that a document of 100 000 components is never one string. Can be called again. */
  chunks(): Iterable<string>
}

/** A document on disk. */
export interface WrittenDocument {
  readonly name: string
  readonly mediaType: string
  /** Absolute. */
  readonly path: string
}
