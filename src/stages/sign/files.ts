import type { MinisignSecret } from '../../formats/minisign-secret.ts'
import { inParallel } from '../in-parallel.ts'
import { MAX_SHOWN_FILES, minisignCommand } from './file-commands.ts'
import { keepList } from './file-list.ts'
import { documentNames } from './file-names.ts'
import { keepFileSignature, keepMinisig } from './file-signature.ts'
import { fileStatements, keepFileStatement } from './file-statements.ts'
import type { FileWithBytes, FileWork } from './file-work.ts'
import type { CheckCommand, Hindrance, Kept, SignedSet, SignedSubject } from './signing.ts'

export type { FileWork } from './file-work.ts'

/** Files that are signed at once: a log of version 2 answers all of them at the same moment. */
const FILES_AT_ONCE = 16

/** Statements that are signed at once: each may hold a large document several times. */
const STATEMENTS_AT_ONCE = 2

/**
 * Signs files, and what is stated about them, as documents: a signature for each file whose bytes are there, and
 * attestations that are about all files at once. Everything is read back from the disk and verified. What fails for
 * one file or statement is in what is answered; the others go on.
 *
 * @throws CancelledError when the run was ended
 */
export async function signFiles(work: FileWork): Promise<SignedSet> {
  const { files, predicates, context } = work
  const withBytes = files.filter((file): file is FileWithBytes => file.path !== undefined)
  const names = documentNames(withBytes.map(({ path }) => path))
  const statements = fileStatements(files, predicates)
  const progress = context.host.progress('Signing files', withBytes.length + statements.length)
  try {
    const signed = await inParallel(withBytes, FILES_AT_ONCE, async (file) => {
      const kept = await keptOfBytes(work, file, names.get(file.path))
      progress.advance()
      return { path: file.path, kept }
    })
    const stated = await inParallel(statements, STATEMENTS_AT_ONCE, async (statement) => {
      const kept = await keepFileStatement(work, statement)
      progress.advance()
      return { files: new Set(statement.files), kept }
    })
    const byPath = new Map(signed.map(({ path, kept }) => [path, kept]))
    const list = await keepList(
      work,
      stated.flatMap(({ kept }) => kept)
    )
    const subjects = files.map((file, at): SignedSubject => {
      const { subject, path = '' } = file
      const about = stated.filter((one) => one.files.has(file)).flatMap(({ kept }) => kept)
      const kept = [...(byPath.get(path) ?? []), ...about, ...(at === 0 ? list.kept : [])]
      return { subject, given: subject.name, what: 'file', kept }
    })
    const commands = minisignCommands(work, subjects)
    return { subjects, documents: [], commands, findings: [], notes: list.notes }
  } finally {
    progress.done()
  }
}

/** What is in the way of files alone: nobody said where their signatures go. */
export function fileHindrances(
  { forms }: Pick<FileWork, 'forms'>,
  minisign: MinisignSecret | undefined
): Promise<readonly Hindrance[]> {
  if (forms.has('file') || forms.has('github') || minisign) return Promise.resolve([])
  return Promise.resolve([
    {
      message: 'There is no place for signatures of files: `signature-forms` names none',
      remedy: 'Add `file` or `github` to `signature-forms`, or leave the files out'
    }
  ])
}

async function keptOfBytes(
  work: FileWork,
  file: FileWithBytes,
  name: string | undefined
): Promise<readonly Kept[]> {
  if (name === undefined) throw new Error('A file without a name for its documents')
  const { minisign } = work
  return [
    ...(work.forms.has('file') ? [await keepFileSignature(work, file, name)] : []),
    ...(minisign ? [await keepMinisig(work, minisign, { file, name })] : [])
  ]
}

function minisignCommands(
  { minisign }: FileWork,
  subjects: readonly SignedSubject[]
): readonly CheckCommand[] {
  if (minisign === undefined) return []
  return subjects
    .flatMap(({ given, kept }) => {
      const found = kept.find(({ form, outcome }) => form === 'minisign' && outcome === 'verified')
      return found === undefined ? [] : [minisignCommand(given, found.source, minisign.key.text)]
    })
    .slice(0, MAX_SHOWN_FILES)
}
