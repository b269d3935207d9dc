import { type Digest, renderDigest } from '../../model/digest.ts'
import type { Block, Section, Text } from '../../model/section.ts'
import type { Looked } from './looked.ts'
import type { Image } from './resolve.ts'

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
  return [
    {
      kind: 'details',
      summary: [{ code: given }, `: ${entries}`],
      blocks: [
        {
          kind: 'list',
          items: others.map(({ kind, digest, about }): Text => [
            `${kind} `,
            { code: digest },
            ...(about === undefined ? [] : [' about ', { code: about }])
          ])
        }
      ]
    }
  ]
}
