import type { Digest } from '../../model/digest.ts'
import { arrayField, fieldOf, stringField, tableField } from '../plain-data.ts'
import { digestOfHash, fileNameOf } from './component.ts'
import { isDistributionName } from './distribution.ts'

/** One file that an index lists. */
export interface IndexFile {
  readonly name: string
  /** Absolute, without fragment. */
  readonly url: string
  readonly digests: readonly Digest[]
  readonly yanked: boolean
  /**
   * Address of its attestations; nothing (`null`) where the index says that there are none; absent where it says
   * nothing of attestations. @see https://peps.python.org/pep-0740/#changes-to-the-simple-index
   */
  readonly provenance?: string | null
}

/** What an index says of a project. */
export type SimplePage =
  | { readonly kind: 'files'; readonly files: readonly IndexFile[] }
  /** Something else than the page of an index. `found` is for a message. */
  | { readonly kind: 'unreadable'; readonly found: string }

/** What we ask for: JSON, and HTML where an index has nothing else. */
export const SIMPLE_ACCEPT =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01'

/**
 * Reads a project's page in the form that the server says it has: indexes may ignore what was asked for.
 *
 * @param answer `url` is where relative links start from: the address after redirects
 * @see https://packaging.python.org/en/latest/specifications/simple-repository-api/
 */
export function parseSimplePage(answer: {
  readonly url: string
  readonly contentType: string
  readonly text: string
}): SimplePage {
  const type = answer.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (/^application\/(?:vnd\.pypi\.simple\.(?:v1|latest)\+)?json$/.test(type)) {
    return parseJsonPage(answer.text, answer.url)
  }
  if (type === 'text/html' || /^application\/vnd\.pypi\.simple\.(?:v1|latest)\+html$/.test(type)) {
    return parseHtmlPage(answer.text, answer.url)
  }
  return { kind: 'unreadable', found: type === '' ? 'no content type' : `"${type.slice(0, 80)}"` }
}

function parseJsonPage(text: string, base: string): SimplePage {
  let page: unknown
  try {
    page = JSON.parse(text)
  } catch {
    return { kind: 'unreadable', found: 'damaged JSON' }
  }
  const version = stringField(tableField(page, 'meta'), 'api-version') ?? ''
  if (!/^1(?:\.|$)/.test(version)) {
    return { kind: 'unreadable', found: 'JSON without an API version 1' }
  }
  const files = arrayField(page, 'files').flatMap((file): readonly IndexFile[] => {
    const name = stringField(file, 'filename')
    const url = absolute(stringField(file, 'url') ?? '', base)
    if (name === undefined || url === undefined) return []
    const hashes = Object.entries(tableField(file, 'hashes'))
    const digests = hashes.flatMap(([algorithm, hex]) =>
      typeof hex === 'string' ? (digestOfHash(`${algorithm}:${hex}`) ?? []) : []
    )
    const yanked = fieldOf(file, 'yanked')
    const isYanked = yanked === true || typeof yanked === 'string'
    const provenance = provenanceIn(fieldOf(file, 'provenance'), base)
    return [{ name, url, digests, yanked: isYanked, ...provenance }]
  })
  return { kind: 'files', files }
}

const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g

/** Longest tag that is looked at, in characters. */
const MAX_TAG_CHARS = 16_384

/**
 * Reads the links of a page, and nothing else of it. Without a link to a file it is no page of an index: a
 * login or an error in its place must not look like "this index has no such file".
 */
function parseHtmlPage(text: string, url: string): SimplePage {
  let base = url
  const files: IndexFile[] = []
  for (const { name, attributes } of tagsIn(text)) {
    const href = attributes.get('href')
    if (href === undefined) continue
    if (name === 'base') base = absolute(href, url) ?? base
    else {
      const file = fileOfLink(href, attributes, base)
      if (file) files.push(file)
    }
  }
  if (files.length === 0) return { kind: 'unreadable', found: 'HTML without a link to any file' }
  return { kind: 'files', files }
}

function fileOfLink(
  href: string,
  attributes: ReadonlyMap<string, string>,
  base: string
): IndexFile | undefined {
  const hash = href.indexOf('#')
  const fragment = hash < 0 ? '' : href.slice(hash + 1)
  const url = absolute(hash < 0 ? href : href.slice(0, hash), base)
  const name = url === undefined ? undefined : fileNameOf(url)
  if (url === undefined || name === undefined || !isDistributionName(name)) return undefined
  const digests = fragment.split('&').flatMap((part) => digestOfHash(part) ?? [])
  const provenance = provenanceIn(attributes.get('data-provenance'), base)
  return { name, url, digests, yanked: attributes.has('data-yanked'), ...provenance }
}

function provenanceIn(value: unknown, base: string): Pick<IndexFile, 'provenance'> {
  if (value === null) return { provenance: null }
  const url = typeof value === 'string' ? absolute(value, base) : undefined
  return url === undefined ? {} : { provenance: url }
}

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

function* tagsIn(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4)
      if (end < 0) return
      at = end + 3
      continue
    }
    const name = TAG_NAME.exec(text.slice(at, at + LONGEST_TAG_NAME))?.[1]?.toLowerCase()
    if (name === undefined) {
      at++
      continue
    }
    const start = at + 1 + name.length
    // What never ends is passed over as a whole: looked at again from every place in it, it would take forever.
    at = endOfTag(text, start)
    if (text[at] === '>') yield { name, attributes: attributesIn(text.slice(start, at)) }
  }
}

const TAG_NAME = /^<(a|base)[\s/]/i
const LONGEST_TAG_NAME = '<base '.length

/** Where a tag's `>` is, quotes minded; or where the search for it ends. */
function endOfTag(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX_TAG_CHARS)
  let quote = ''
  for (let at = start; at < limit; at++) {
    const char = text.charAt(at)
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '>') {
      return at
    } else if ((char === '"' || char === "'") && /[\s=]/.test(text.charAt(at - 1))) {
      quote = char
    }
  }
  return limit
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase()
    // Of an attribute that is given twice, the first counts.
    if (!attributes.has(key)) attributes.set(key, unescaped(double ?? single ?? bare ?? ''))
  }
  return attributes
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  num: '#',
  plus: '+',
  equals: '=',
  colon: ':',
  sol: '/',
  period: '.',
  lowbar: '_'
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, ...found) => {
    const [decimal, hex, name] = found as readonly (string | undefined)[]
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}

/** Nothing for what is no address of the web: a `javascript:` or `file:` link is no file of an index. */
function absolute(href: string, base: string): string | undefined {
  const url = URL.canParse(href.trim(), base) ? new URL(href.trim(), base) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  url.hash = ''
  return url.href
}
