import { MAX_SUBJECTS, renderStatement } from '../../formats/in-toto.ts'
import type { Predicate } from '../../model/predicate.ts'
import type { FileSubject } from '../../model/subject.ts'
import { BUNDLE_ENDING } from './file-names.ts'
import {
  BUNDLE_TYPE,
  type FileWork,
  keptDocument,
  keptOr,
  type KeptAs,
  readDocument,
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

/** Signs a statement, writes the bundle, reads it back and verifies it. */
export function keepFileStatement(work: FileWork, statement: FileStatement): Promise<Kept> {
  const { own, signer, context } = work
  const { wanted, document } = statement
  const as: KeptAs = { says: wanted.says, form: 'file', source: document }
  return keptOr(work, as, async () => {
    const old = readDocument(work, document)
    const before = old !== undefined && (await own.sameStatement(old.json, wanted))
    const payload = wanted.payload()
    const text = before ? old.text : renderBundle(await signer.statement(payload))
    await context.write({ name: document, mediaType: BUNDLE_TYPE, chunks: () => [text] })
    const read = readDocument(work, document)
    const fault = before
      ? await faultOfOld(work, wanted, read?.json)
      : await own.statementFault(read?.json, payload)
    return keptDocument(as, { read, fault, before })
  })
}

/** It says the same, in words of another time. */
async function faultOfOld(
  { own }: FileWork,
  wanted: WantedStatement,
  json: unknown
): Promise<string | undefined> {
  return (await own.sameStatement(json, wanted)) ? undefined : 'it is not what it was before'
}
