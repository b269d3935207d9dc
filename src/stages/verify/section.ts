import type { Block, Inline, Section, Text } from '../../model/section.ts'
import type { Genuine } from '../../policy/subject-policy.ts'
import { digestText, failureText, refusedText } from './findings.ts'
import { isVerified, type PartResult, type SubjectResult } from './result.ts'

/** Most lines of one list: a stranger can attach anything. */
const MAX_ITEMS = 50

/** What was verified, for a person: one clear line for each subject. */
export function sectionOf(results: readonly SubjectResult[]): Section {
  const accepted = results.flatMap(acceptedRows)
  const refused = results.flatMap(({ parts }) =>
    parts.flatMap(({ assessment }) => assessment.refused.map(refusedText))
  )
  const notes = results.flatMap(({ parts }) => parts.flatMap((part) => part.notes))
  return {
    title: 'Verified subjects',
    blocks: [
      {
        kind: 'table',
        columns: [{ title: 'Subject' }, { title: 'Digest' }, { title: 'Result' }],
        rows: results.map(resultRow)
      },
      ...(accepted.length === 0
        ? []
        : [
            {
              kind: 'table',
              columns: ['Subject', 'Part', 'Says', 'Signed by', 'Issuer', 'At'].map((title) => ({
                title
              })),
              rows: accepted.slice(0, MAX_ITEMS)
            } as const
          ]),
      ...listOf('Not accepted', refused),
      ...(notes.length === 0 ? [] : [{ kind: 'list', items: [...new Set(notes)] } as const])
    ]
  }
}

function resultRow(result: SubjectResult): readonly Text[] {
  const { given, parts, trouble } = result
  const [first] = parts
  const digest = first === undefined ? '' : digestText(first)
  return [
    { code: given },
    digest === '' ? '' : { code: digest },
    resultText(result, trouble?.reason)
  ]
}

function resultText(result: SubjectResult, trouble: string | undefined): Text {
  if (isVerified(result)) {
    const platforms = result.parts.length - 1
    const more =
      platforms > 0 ? `, with ${platforms} ${platforms === 1 ? 'platform' : 'platforms'}` : ''
    return [{ strong: 'verified' }, more]
  }
  const failed = result.parts.flatMap((part) => {
    const { failure } = part.assessment
    return failure === undefined ? [] : [failureText(part, failure)]
  })
  const why = trouble ?? failed[0] ?? 'nothing was looked at'
  const more = failed.length > 1 ? `; ${failed.length - 1} more parts fail` : ''
  return [{ strong: 'not verified' }, `: ${why}${more}`]
}

function acceptedRows({ given, parts }: SubjectResult): readonly (readonly Text[])[] {
  return parts.flatMap((part) =>
    part.assessment.accepted.map((one) => acceptedRow(given, part, one))
  )
}

function acceptedRow(given: string, { target }: PartResult, one: Genuine): readonly Text[] {
  const { statement, signer, times } = one
  const says: Inline = statement === undefined ? 'signature' : { code: statement.predicateType }
  return [
    { code: given },
    target.what,
    says,
    { code: signer.identity },
    signer.issuer === undefined ? '' : { code: signer.issuer },
    times.length === 0 ? 'no proven time' : times.join(', ')
  ]
}

function listOf(summary: string, items: readonly string[]): readonly Block[] {
  if (items.length === 0) return []
  const shown = items.slice(0, MAX_ITEMS)
  const rest = items.length - shown.length
  return [
    {
      kind: 'details',
      summary: `${summary}: ${items.length}`,
      blocks: [{ kind: 'list', items: [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])] }]
    }
  ]
}
