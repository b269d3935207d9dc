import { type Digest, renderDigest } from '../../model/digest.ts'
import type { Image, OtherEntry } from '../../model/image.ts'
import type { Block, Section, Text } from '../../model/section.ts'
import type { Looked } from './looked.ts'

/** How many entries that are no images the section names; the report names all. */
const MAX_OTHERS = 20

/** What the stage has to say to a person. */
export function sectionOf(looked: readonly Looked[]): Section {
  const images = looked.flatMap((one) => ('obstacle' in one ? [] : (one.image ?? [])))
  const unresolved = looked.filter((one) => 'obstacle' in one || one.image === undefined)
  return {
    title: 'Images',
    blocks: [
      ...(images.length === 0 ? [] : [tableOf(images)]),
      ...images.flatMap(othersOf),
      ...(unresolved.length === 0
        ? []
        : [
            { kind: 'paragraph', text: { strong: 'Not resolved' } } as const,
            { kind: 'list', items: unresolved.map(({ given }) => ({ code: given })) } as const
          ])
    ]
  }
}

function tableOf(images: readonly Image[]): Block {
  return {
    kind: 'table',
    columns: [{ title: 'Image' }, { title: 'Platform' }, { title: 'Digest' }],
    rows: images.flatMap(rowsOf)
  }
}

/** The index, and then the image of each platform; or the one image. */
function rowsOf({ given, subject, platforms }: Image): readonly (readonly Text[])[] {
  const [only] = platforms
  if (only && only.subject.digest.hex === subject.digest.hex) {
    return [[{ code: given }, only.platform, codeOf(subject.digest)]]
  }
  const first = [{ code: given }, `all (${platforms.length})`, codeOf(subject.digest)]
  return [first, ...platforms.map((one) => ['', one.platform, codeOf(one.subject.digest)])]
}

function codeOf(digest: Digest): Text {
  return { code: renderDigest(digest) }
}

function othersOf({ given, others }: Image): readonly Block[] {
  if (others.length === 0) return []
  const entries =
    others.length === 1 ? '1 entry is no image' : `${others.length} entries are no images`
  const rest = others.length > MAX_OTHERS ? [`and ${others.length - MAX_OTHERS} more`] : []
  return [
    {
      kind: 'details',
      summary: [{ code: given }, `: ${entries}`],
      blocks: [
        {
          kind: 'list',
          items: [...others.slice(0, MAX_OTHERS).map(otherText), ...rest]
        }
      ]
    }
  ]
}

function otherText({ kind, digest, about }: OtherEntry): Text {
  const rest: Text = about === undefined ? [] : [' about ', { code: about }]
  return [`${kind} `, { code: digest }, ...rest]
}
