import { renderDigest } from '../../model/digest.ts'
import type { Block, Section } from '../../model/section.ts'
import type { FileSubject } from '../../model/subject.ts'
import type { Compared } from './compared.ts'

/** Files that the summary lists; the report has all. */
const MAX_ROWS = 50

/** Names that each list of what was left out has. */
const MAX_LISTED = 20

/** What was found, and what was not taken. */
export interface Found {
  readonly subjects: readonly FileSubject[]
  readonly compared: readonly Compared[]
  /** What a pattern matches and is no file of the checkout: links that lead out, devices. */
  readonly passedOver: readonly string[]
}

/** What the stage has to say to a person. */
export function sectionOf({ subjects, compared, passedOver }: Found): Section {
  const wrong = compared.filter(({ outcome }) => outcome === 'contradicted')
  return {
    title: 'Files',
    blocks: [
      ...(subjects.length === 0 ? [] : [tableOf(subjects)]),
      ...(subjects.length > MAX_ROWS
        ? [{ kind: 'paragraph', text: `… and ${subjects.length - MAX_ROWS} more` } as const]
        : []),
      ...unseenOf(compared),
      ...listOf(
        'Other bytes than the list of checksums says, and left out',
        wrong.map(({ file }) => file.name)
      ),
      ...listOf('Left out: links that lead to no file of the checkout, and devices', passedOver)
    ]
  }
}

function listOf(title: string, names: readonly string[]): readonly Block[] {
  if (names.length === 0) return []
  const rest = names.length > MAX_LISTED ? [`… and ${names.length - MAX_LISTED} more`] : []
  const items = [...names.slice(0, MAX_LISTED).map((name) => ({ code: name })), ...rest]
  return [
    { kind: 'paragraph', text: { strong: title } },
    { kind: 'list', items }
  ]
}

function tableOf(subjects: readonly FileSubject[]): Block {
  return {
    kind: 'table',
    columns: [{ title: 'File' }, { title: 'Digest' }],
    rows: subjects
      .slice(0, MAX_ROWS)
      .map(({ subject: { name, digest } }) => [{ code: name }, { code: renderDigest(digest) }])
  }
}

function unseenOf(compared: readonly Compared[]): readonly Block[] {
  const { length } = compared.filter(({ outcome }) => outcome === 'unseen')
  if (length === 0) return []
  const which = length === 1 ? '1 file of the list is' : `${length} files of the list are`
  const text = `${which} not in the checkout: the list of checksums is all that is known, so that only statements are made and no signature over the bytes.`
  return [{ kind: 'paragraph', text }]
}
