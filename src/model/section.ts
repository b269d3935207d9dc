/** A run of text. Strings are plain text from anywhere, hostile or not: every renderer escapes them. */
export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly link: { readonly text: string; readonly url: string } }

export type Text = Inline | readonly Inline[]

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly { readonly title: string; readonly numeric?: boolean }[]
      readonly rows: readonly (readonly Text[])[]
    }
  /** Parts of a whole, drawn as bars. */
  | {
      readonly kind: 'chart'
      readonly bars: readonly { readonly label: string; readonly value: number }[]
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  /** Folded away until asked for. */
  | { readonly kind: 'details'; readonly summary: Text; readonly blocks: readonly Block[] }

/** What a stage has to say to a person. Data: reports render it. */
export interface Section {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** The runs of a text, of which there may be only one. */
export function inlinesOf(text: Text): readonly Inline[] {
  return typeof text === 'string' || !isList(text) ? [text] : text
}

function isList(text: Inline | readonly Inline[]): text is readonly Inline[] {
  return Array.isArray(text)
}
