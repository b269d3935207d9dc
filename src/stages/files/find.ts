import { InputError } from '../../model/errors.ts'
import type { FileSubject } from '../../model/subject.ts'
import type { RunContext, StageResult } from '../stage.ts'
import { compare, type Compared, evidenceOf, findingsOf } from './compared.ts'
import { digestsOfFile } from './hashes.ts'
import { type ListedFile, listedFiles } from './listed.ts'
import { filesMeant } from './patterns.ts'
import { sectionOf } from './section.ts'

/** Most files of one run: the most subjects that a statement may have. */
const MAX_FILES = 1024

/**
 * Finds the files of `subject-path` and `subject-checksums`, each once, sorted by name. What differs from the list of
 * checksums is left out, also where a pattern means it.
 *
 * @throws InputError `INPUT_INVALID` for a pattern that is none or matches nothing, and for too many files
 * @throws ParseError for a list of checksums that is none, and for a file that cannot be read
 */
export async function findFiles(context: RunContext): Promise<StageResult<readonly FileSubject[]>> {
  const { paths, passedOver } = await filesMeant(context)
  const listed = listedFiles(context)
  assertFew(paths, listed)
  const progress = context.host.progress('Hashing files', paths.length + listed.length)
  const compared: Compared[] = []
  const subjects = new Map<string, FileSubject>()
  try {
    for (const file of listed) {
      compared.push(await compare(context, file))
      progress.advance()
    }
    for (const one of compared) addListed(subjects, one)
    const seen = new Set(compared.map((one) => (one.outcome === 'unseen' ? '' : one.path)))
    for (const path of paths) {
      const [digest] = seen.has(path) ? [] : await digestsOfFile(context, path, ['sha256'])
      if (digest) subjects.set(path, { subject: { name: path, digest }, path })
      progress.advance()
    }
  } finally {
    progress.done()
  }
  const output = withOwnNames([...subjects.values()])
  const checks = compared.map((one) => ({ one, evidence: evidenceOf(one, context) }))
  return {
    output,
    findings: checks.flatMap(({ one, evidence }) => findingsOf(one, evidence, context)),
    evidence: checks.flatMap(({ evidence }) => evidence),
    section: sectionOf({ subjects: output, compared, passedOver }),
    stats: {
      files: output.length,
      compared: compared.filter(({ outcome }) => outcome !== 'unseen').length,
      mismatched: compared.filter(({ outcome }) => outcome === 'contradicted').length
    }
  }
}

function addListed(subjects: Map<string, FileSubject>, one: Compared): void {
  if (one.outcome === 'unseen') {
    const { name } = one.file
    subjects.set(name, { subject: { name, digest: one.expected } })
  } else if (one.outcome === 'verified') {
    subjects.set(one.path, { subject: { name: one.file.name, digest: one.sha256 }, path: one.path })
  }
}

/** What a list names is known by that name; where two files would have it, each is known by its path. */
function withOwnNames(files: readonly FileSubject[]): readonly FileSubject[] {
  const byName = Map.groupBy(files, ({ subject }) => subject.name)
  return files
    .map((file) => {
      const { subject, path = subject.name } = file
      const shared = (byName.get(subject.name) ?? []).length > 1
      return shared ? { ...file, subject: { ...subject, name: path } } : file
    })
    .sort((a, b) => (a.subject.name < b.subject.name ? -1 : 1))
}

/** @throws InputError `INPUT_INVALID` for more files than a statement can be about */
function assertFew(paths: readonly string[], listed: readonly ListedFile[]): void {
  const names = new Set([...paths, ...listed.map(({ name, paths: [path = name] }) => path)])
  if (names.size <= MAX_FILES) return
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot sign ${names.size} files: a statement is about at most ${MAX_FILES}`,
    remedy:
      'Pack them into an archive, or sign a list of their checksums: `sha256sum dist/* > SHA256SUMS` and `subject-path: SHA256SUMS`'
  })
}
