import { plainLines, plainText, withoutCommands } from '../../model/plain-text.ts'

/** Splits a text in the page's source without a trace on the page, so that GitHub sees no reference in it. */
const SPLIT = '<!-- -->'

/** Longest block of code, in UTF-16 units. */
const MAX_CODE = 10_000

/**
 * Escapes text from anywhere for a place where Markdown has running text. No markup, HTML, mention
 * (`@org`), reference (`#1`) or address in it means anything.
 *
 * @see https://github.github.com/gfm/#autolinks-extension-
 */
export function escapeText(text: string): string {
  return unlinked(
    plainText(text)
      .replace(/[&<>]/g, htmlOf)
      .replace(/[\\`*_[\]~|$]/g, '\\$&')
  )
}

/** The same for a place where HTML has running text and Markdown is not read: the title of a fold. */
export function escapeHtml(text: string): string {
  return unlinked(plainText(text).replace(/[&<>"'[]/g, htmlOf))
}

/** Keeps the beginning of a block from being read as a heading, a list, a quote, or in a log as a workflow command. */
export function escapeStart(markdown: string): string {
  return markdown
    .trimStart()
    .replace(/^[-+=#>:]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

/** Code within running text. The source stays readable where the code allows it. */
export function renderCode(text: string): string {
  const shown = plainText(text)
  if (shown.trim() === '') return ''
  return /[`|\\]|##\[/.test(shown) || shown !== shown.trim()
    ? `<code>${escapeText(text)}</code>`
    : `\`${shown}\``
}

/** A block of code behind a fence that the code cannot close. */
export function renderCodeBlock(language: string, text: string): string {
  const shown = withoutCommands(plainLines(text, MAX_CODE))
  const longest = (shown.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language.slice(0, 20).replace(/[^a-z0-9-]/gi, '')}\n${shown}\n${fence}`
}

/** Addresses that a page may lead to, written so that they cannot end the link they stand in. */
export function linkTarget(url: string): string | undefined {
  if (url.length > 2000 || !URL.canParse(url)) return undefined
  const { protocol, username, href } = new URL(url)
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '') return undefined
  return href
    .replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replaceAll('&', '&amp;')
}

function unlinked(text: string): string {
  return text
    .replace(/@(?=\S)/g, `@${SPLIT}`)
    .replace(/#(?=\d)/g, `#${SPLIT}`)
    .replace(/GH-(?=\d)/gi, `$&${SPLIT}`)
    .replace(/:(?=\/\/)/g, `:${SPLIT}`)
    .replace(/www(?=\.)/gi, `$&${SPLIT}`)
}

function htmlOf(char: string): string {
  switch (char) {
    case '&':
      return '&amp;'
    case '<':
      return '&lt;'
    case '>':
      return '&gt;'
    case '"':
      return '&quot;'
    case '[':
      return '&lbrack;'
    default:
      return '&apos;'
  }
}
