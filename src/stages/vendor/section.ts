import type { Block, Section, Text } from '../../model/section.ts'
import type { Check } from './examine.ts'
import { type Examined, titleOf } from './findings.ts'
import type { VendorExitCode } from './exit-code.ts'

/** Most folders that are shown. */
const MAX_ROWS = 50

/** Most wrong files that are named; findings name all. */
const MAX_NAMED = 10

const ENDINGS: Readonly<Record<VendorExitCode, string>> = {
  0: 'every file is there, as locked and signed',
  2: 'a file or its signature is missing',
  3: 'bytes are not the locked ones',
  4: 'a signature does not hold, or is not by a trusted key'
}

/** What the stage has to say to a person. */
export function sectionOf(examined: readonly Examined[], exitCode: VendorExitCode): Section {
  return {
    title: 'Vendored files',
    blocks: [
      {
        kind: 'paragraph',
        text: ['Exit code ', { strong: `${exitCode}` }, `: ${ENDINGS[exitCode]}.`]
      },
      ...tableBlocks(examined),
      ...wrongBlocks(examined.flatMap(({ checks }) => checks)),
      ...buildBlocks(examined)
    ]
  }
}

function tableBlocks(examined: readonly Examined[]): readonly Block[] {
  if (examined.length === 0) return []
  const rest = examined.length - MAX_ROWS
  return [
    {
      kind: 'table',
      columns: [
        { title: 'Vendored' },
        { title: 'Lock' },
        { title: 'Files', numeric: true },
        { title: 'As locked', numeric: true },
        { title: 'Signatures that hold', numeric: true },
        { title: 'Signed by' }
      ],
      rows: examined.slice(0, MAX_ROWS).map(rowOf)
    },
    ...(rest > 0 ? [{ kind: 'paragraph', text: `and ${rest} more` } satisfies Block] : [])
  ]
}

function rowOf({ pack, checks }: Examined): readonly Text[] {
  const verified = checks.filter(({ evidence }) => evidence.outcome === 'verified')
  const signers = new Set(verified.flatMap(({ evidence }) => evidence.signer?.identity ?? []))
  const count = (kind: string): string =>
    `${verified.filter(({ evidence }) => evidence.kind === kind).length}`
  return [
    titleOf(pack),
    { code: pack.path },
    `${pack.lock.files.length}`,
    count('digest'),
    count('signature'),
    [...signers].sort().join(', ')
  ]
}

function wrongBlocks(checks: readonly Check[]): readonly Block[] {
  const wrong = checks.filter(({ rule }) => rule !== undefined)
  if (wrong.length === 0) return []
  const items = wrong
    .slice(0, MAX_NAMED)
    .map(({ evidence }): Text => [{ code: evidence.source }, `: ${evidence.detail}`])
  const rest = wrong.length - items.length
  return [{ kind: 'list', items: rest > 0 ? [...items, `and ${rest} more`] : items }]
}

/** Nobody checks these: they are shown as what the locks say. */
function buildBlocks(examined: readonly Examined[]): readonly Block[] {
  const items = examined.flatMap(({ pack }) =>
    pack.lock.build.map(({ key, value }): Text => [
      { strong: titleOf(pack) },
      ` ${key}: `,
      { code: value }
    ])
  )
  if (items.length === 0) return []
  const shown = items.slice(0, MAX_ROWS)
  const rest = items.length - shown.length
  const list: Block = { kind: 'list', items: rest > 0 ? [...shown, `and ${rest} more`] : shown }
  const summary = 'How they were built, as the locks say it: not checked'
  return [{ kind: 'details', summary, blocks: [list] }]
}
