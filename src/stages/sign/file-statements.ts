import { MAX_SUBJECTS, renderStatement } from '../../formats/in-toto.ts'
import type { Predicate } from '../../model/predicate.ts'
import type { FileSubject } from '../../model/subject.ts'
import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import { inParallel } from '../in-parallel.ts'
import { BUNDLE_ENDING } from './file-names.ts'
import {
  githubAs,
  type GithubWork,
  keepOnGithub,
  keptOnGithubBefore,
  lookOnGithub
} from './github.ts'
import {
  BUNDLE_TYPE,
  documentBefore,
  MAX_MATERIAL_BYTES,
  keepDocument,
  type FileWork,
  keptOr,
  type KeptAs,
  notKept,
  renderBundle
} from './file-work.ts'
import type { Kept, WantedStatement } from './signing.ts'

/** One statement about many files. */
export interface FileStatement {
  /** All that it is about; its own subject is the first of them. */
  readonly files: readonly FileSubject[]
  readonly wanted: WantedStatement
  /** Name of the document with its bundle. */
  readonly document: string
}

/** What is stated about files: everything about all of them at once, as far as a statement reaches. */
export function fileStatements(
  files: readonly FileSubject[],
  predicates: readonly Predicate[]
): readonly FileStatement[] {
  const groups = Array.from({ length: Math.ceil(files.length / MAX_SUBJECTS) }, (_, at) =>
    files.slice(at * MAX_SUBJECTS, (at + 1) * MAX_SUBJECTS)
  )
  return predicates.flatMap((predicate) =>
    groups.flatMap((group, at) => statementOf(group, predicate, at === 0 ? '' : `-${at + 1}`))
  )
}

function statementOf(
  files: readonly FileSubject[],
  { kind, predicateType, chunks }: Predicate,
  suffix: string
): readonly FileStatement[] {
  const subjects = files.map(({ subject }) => subject)
  const [subject] = subjects
  if (subject === undefined) return []
  const wanted: WantedStatement = {
    says: kind,
    predicateType,
    subject,
    payload: () => renderStatement(subjects, predicateType, chunks())
  }
  return [{ files, wanted, document: `attestation-${kind}${suffix}${BUNDLE_ENDING}` }]
}

/**
 * Signs a statement where it is not signed yet, brings it to its places, reads it back from each and verifies it.
 * Never throws for a service.
 */
export async function keepFileStatement(
  work: FileWork,
  statement: FileStatement
): Promise<readonly Kept[]> {
  const places = placesOf(work, statement)
  const found = await inParallel(places, places.length, (place) => foundIn(work, place))
  if (found.every((one) => one.kept !== undefined)) return found.flatMap(({ kept }) => kept ?? [])
  const made = await bundleOf(work, statement, found)
  return inParallel(found, found.length, async ({ place, kept }) => {
    if (kept !== undefined) return kept
    return 'failed' in made ? notKept(work, place.as, made.failed) : place.keep(made.bundle)
  })
}

/** Where a statement goes. */
interface Place {
  readonly as: KeptAs
  /** The same from before, by us. */
  look(): Promise<JsonObject | undefined>
  keep(bundle: JsonObject): Promise<Kept>
  keptBefore(bundle: JsonObject): Promise<Kept>
}

interface Found {
  readonly place: Place
  readonly bundle?: JsonObject
  /** All is done here: it was there before, or it could not be looked for. */
  readonly kept?: Kept
}

async function foundIn(work: FileWork, place: Place): Promise<Found> {
  try {
    const bundle = await place.look()
    if (bundle === undefined) return { place }
    return { place, bundle, kept: await place.keptBefore(bundle) }
  } catch (error) {
    return { place, kept: notKept(work, place.as, error) }
  }
}

type Made = { readonly bundle: JsonObject } | { readonly failed: unknown }

/** What is in one place already is brought to the other: it need not be signed again. */
async function bundleOf(
  { signer }: FileWork,
  { wanted }: FileStatement,
  found: readonly Found[]
): Promise<Made> {
  const before = found.find(({ bundle }) => bundle !== undefined)?.bundle
  if (before !== undefined) return { bundle: before }
  try {
    const { json } = await signer.statement(wanted.payload())
    return { bundle: json }
  } catch (failed) {
    return { failed }
  }
}

function placesOf(work: FileWork, statement: FileStatement): readonly Place[] {
  const { github, forms } = work
  return [
    ...(forms.has('file') ? [documentPlace(work, statement)] : []),
    ...(github ? [githubPlace({ ...work, github }, statement)] : [])
  ]
}

function documentPlace(work: FileWork, { wanted, document }: FileStatement): Place {
  const { own } = work
  const { says, predicateType } = wanted
  const as: KeptAs = { says, form: 'file', source: document, predicateType }
  const isSame = (json: unknown): Promise<boolean> => own.sameStatement(json, wanted)
  const write = (bundle: JsonObject, { before }: Pick<Kept, 'before'>): Promise<Kept> =>
    keptOr(work, as, () =>
      keepDocument(work, as, {
        text: renderBundle({ json: bundle }),
        mediaType: BUNDLE_TYPE,
        before,
        // What was found before may say the same in words of another time.
        faultOf: async ({ json }) =>
          (await isSame(json)) ? undefined : own.statementFault(json, wanted.payload())
      })
    )
  return {
    as,
    async look() {
      const most = Math.ceil(wanted.payload().length / 3) * 4 + MAX_MATERIAL_BYTES
      const old = documentBefore(work, document, most)?.json
      return (await isSame(old)) ? jsonObjectOf(old) : undefined
    },
    keep: (bundle) => write(bundle, { before: false }),
    // A document of this run, too: only what is written in it is uploaded with the others.
    keptBefore: (bundle) => write(bundle, { before: true })
  }
}

function githubPlace(work: FileWork & GithubWork, { files, wanted }: FileStatement): Place {
  // GitHub knows subjects by SHA-256 alone.
  const { subject } = files.find((file) => file.subject.digest.algorithm === 'sha256') ?? wanted
  const { digest } = subject
  const as = githubAs(work, wanted, digest)
  return {
    as,
    look: async () => jsonObjectOf(await lookOnGithub(work, wanted, digest)),
    keep: (bundle) => keepOnGithub(work, bundle, { wanted, digest }),
    keptBefore: (bundle) => Promise.resolve(keptOnGithubBefore(as, bundle))
  }
}
