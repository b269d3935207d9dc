import { ATTESTATIONS } from './file-names.ts'
import { type FileWork, keepDocument, keptOr, documentBefore } from './file-work.ts'
import type { Kept } from './signing.ts'

/** Largest list that is written, in characters: whoever reads it reads it whole. */
const MAX_LIST = 256 * 1024 * 1024

/** Type of a list of bundles, one a line. */
const LIST_TYPE = 'application/jsonl'

/** What came of the list. */
export interface ListKept {
  /** Only when there is something wrong with it. */
  readonly kept: readonly Kept[]
  readonly notes: readonly string[]
}

/**
 * Writes all attestations about files into one document, a bundle a line, as `gh attestation verify --bundle` reads
 * them. Only what was verified is in it.
 *
 * @param stated what became of the statements
 */
export async function keepList(work: FileWork, stated: readonly Kept[]): Promise<ListKept> {
  const documents = stated.filter(({ form, outcome }) => form === 'file' && outcome === 'verified')
  const [first] = documents
  if (first === undefined) return { kept: [], notes: [] }
  const texts = documents.map((document) => verifiedText(work, document))
  if (texts.reduce((sum, text) => sum + text.length, 0) > MAX_LIST) {
    return {
      kept: [],
      notes: [`${ATTESTATIONS} was not written: the attestations are too large for one document`]
    }
  }
  const as = { says: first.says, form: 'file', source: ATTESTATIONS } as const
  const kept = await keptOr(work, as, () =>
    keepDocument(work, as, {
      text: texts.join(''),
      mediaType: LIST_TYPE,
      before: false,
      faultOf: () => (texts.includes('') ? 'a document of it has changed meanwhile' : undefined)
    })
  )
  return { kept: kept.outcome === 'verified' ? [] : [kept], notes: [] }
}

/** The text that was verified; nothing of what has taken its place since. */
function verifiedText(work: FileWork, { source, observed }: Kept): string {
  const read = documentBefore(work, source, MAX_LIST)
  return read !== undefined && read.digest.hex === observed?.hex ? read.text : ''
}
