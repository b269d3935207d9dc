import { renderDigest } from '../../model/digest.ts'
import type { Block, Section, Text } from '../../model/section.ts'
import type { SigningIdentity } from '../../services/bundle-signer.ts'
import type { Promoted } from './promoting.ts'
import type { CheckCommand, SignedSubject } from './signing.ts'

/** How many notes the section has. */
const MAX_NOTES = 20

/** What the stage has to say to a person. */
export interface Signed {
  readonly identity: SigningIdentity | undefined
  readonly subjects: readonly SignedSubject[]
  readonly promoted: readonly Promoted[]
  readonly commands: readonly CheckCommand[]
  readonly notes: readonly string[]
}

export function sectionOf({ identity, subjects, promoted, commands, notes }: Signed): Section {
  return {
    title: 'Signatures',
    blocks: [
      ...(identity ? [{ kind: 'paragraph', text: whoOf(identity) } as const] : []),
      ...(subjects.length === 0 ? [] : [tableOf(subjects)]),
      ...(promoted.length === 0 ? [] : [promotedTable(promoted)]),
      ...commandBlocks(commands),
      ...notesBlocks(notes)
    ]
  }
}

function whoOf(identity: SigningIdentity): Text {
  return identity.kind === 'key'
    ? ['Signed with the key ', { code: identity.hint }]
    : ['Signed as ', { code: identity.identity }, ', vouched for by ', { code: identity.issuer }]
}

function tableOf(subjects: readonly SignedSubject[]): Block {
  return {
    kind: 'table',
    columns: [
      { title: 'Subject' },
      { title: 'What' },
      { title: 'Digest' },
      { title: 'Statements' },
      { title: 'Where' }
    ],
    rows: subjects.map(({ subject, given, what, kept }, at) => {
      const good = kept.filter(({ outcome }) => outcome === 'verified')
      const says = [...new Set(good.map((one) => one.says))].join(', ')
      const bad = kept.length - good.length
      const rest: Text = bad === 0 ? [] : [{ strong: `${says === '' ? '' : '; '}${bad} not kept` }]
      return [
        subjects[at - 1]?.given === given ? '' : { code: given },
        what,
        { code: renderDigest(subject.digest) },
        [says, ...rest],
        placesOf(good)
      ]
    })
  }
}

/** `referrer (was there), file` */
function placesOf(kept: readonly { readonly form: string; readonly before: boolean }[]): string {
  const forms = Map.groupBy(kept, ({ form }) => form)
  return [...forms]
    .map(([form, those]) => (those.every(({ before }) => before) ? `${form} (was there)` : form))
    .join(', ')
}

function promotedTable(promoted: readonly Promoted[]): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Image' }, { title: 'Promoted to' }, { title: 'Tag is' }],
    rows: promoted.map(({ promotion, tagged, before, reason = '' }) => [
      { code: promotion.image.given },
      { code: `${promotion.name}:${promotion.tag}` },
      tagged === undefined
        ? [{ strong: 'as it was' }, `: ${reason}`]
        : [{ code: tagged }, ...(before === true ? [' (was so)'] : [])]
    ])
  }
}

function commandBlocks(commands: readonly CheckCommand[]): readonly Block[] {
  if (commands.length === 0) return []
  const text = commands.map(({ line }) => line).join('\n')
  return [
    { kind: 'paragraph', text: { strong: 'Anybody can check this' } },
    { kind: 'code', language: 'sh', text }
  ]
}

function notesBlocks(notes: readonly string[]): readonly Block[] {
  if (notes.length === 0) return []
  const rest = notes.length > MAX_NOTES ? [`and ${notes.length - MAX_NOTES} more`] : []
  return [
    {
      kind: 'details',
      summary: `Notes: ${notes.length}`,
      blocks: [{ kind: 'list', items: [...notes.slice(0, MAX_NOTES), ...rest] }]
    }
  ]
}
