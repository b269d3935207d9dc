/**
 * Everything that a person cannot see, or that moves what they see: control characters with line breaks
 * and ANSI escapes, format characters with direction marks and zero-width ones, lone surrogates, private
 * use, line and paragraph separators.
 *
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/** The same, but a text of several lines keeps them. */
const INVISIBLE_IN_LINES = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu

/** Longest single text that a person is shown, in UTF-16 units. Names of packages and files are far below. */
const MAX_SHOWN = 500

/**
 * Makes text from anywhere safe to be shown on one line: what cannot be seen is written out (`\n`,
 * `\x1b`, `\u202e`), and what is too long is cut with `…`.
 */
export function plainText(text: string, maxLength: number = MAX_SHOWN): string {
  return cut(text, maxLength).replace(INVISIBLE, writtenOut)
}

/** Makes text from anywhere safe to be shown on several lines. Tabs become two blanks. */
export function plainLines(text: string, maxLength: number): string {
  return cut(text, maxLength)
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .replace(INVISIBLE_IN_LINES, writtenOut)
}

/** Makes text from anywhere safe to be a line of a log: as {@link plainText}, and never a workflow command. */
export function logLine(text: string, maxLength: number = MAX_LOG_LINE): string {
  return withoutCommands(plainText(text, maxLength))
}

/**
 * Keeps the lines of a text from being workflow commands. The runner trims a line before it looks for `::`,
 * and finds `##[` anywhere in it.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function withoutCommands(text: string): string {
  return text.replace(/^[^\S\r\n]*::/gm, '\\$&').replaceAll('##[', '##\\[')
}

/** Messages hold several names, and remedies; in UTF-16 units. */
const MAX_LOG_LINE = 4000

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  // Half of a character that takes two units would be shown as an escape.
  return `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function writtenOut(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (char === '\n') return '\\n'
  if (char === '\r') return '\\r'
  if (char === '\t') return '\\t'
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}
