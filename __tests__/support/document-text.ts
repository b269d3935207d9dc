import type { Document } from '../../src/model/document.ts'

/** The whole text of a document. */
export function textOf(document: Document): string {
  return [...document.chunks()].join('')
}
