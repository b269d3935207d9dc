import { stripVTControlCharacters } from 'node:util'

/** Where the demonstration is shown. */
export interface Screen {
  /** Narrower or wider than the window never. */
  readonly columns: number
  readonly colours: 'on' | 'off'
}

const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39]
} as const

/** Text in a style, where the screen has styles. */
export function styled(screen: Screen, style: keyof typeof STYLES, text: string): string {
  const [on, off] = STYLES[style]
  return screen.colours === 'on' && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text
}

/** Columns that a text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of stripVTControlCharacters(text)) {
    if (char === '\ufe0f') continue
    width += /\p{Emoji_Presentation}/u.test(char) ? 2 : 1
  }
  return width
}

/** A text in lines of the screen. The second and later ones begin with `indent`. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const lines: string[] = []
  let line = /^ */.exec(text)?.[0] ?? ''
  let isEmpty = true
  for (const word of text.trimStart().split(' ')) {
    const longer = isEmpty ? `${line}${word}` : `${line} ${word}`
    if (widthOf(longer) > columns && !isEmpty) {
      lines.push(line)
      line = `${indent}${word}`
    } else line = longer
    isEmpty = false
  }
  return [...lines, line].join('\n')
}

export function padded(text: string, columns: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return side === 'right' ? `${text}${space}` : `${space}${text}`
}
