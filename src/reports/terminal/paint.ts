import { styleText } from 'node:util'

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Puts text in a colour, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string

export const PLAIN: Paint = (_colour, text) => text

export const COLOURED: Paint = (colour, text) => styleText(colour, text, { validateStream: false })
