import type { Component, Origin } from '../../model/component.ts'
import { documentText, gitLocation, gitUrl, publicUrl } from './text.ts'

/** Where a component comes from, as an SBOM states it. */
export interface StatedOrigin {
  /** `registry`, `git+https://…@commit`, `local packages/a`. */
  readonly text: string
  /** Place of a git commit: `git+https://…@commit`. */
  readonly git?: string
}

/** Describes an origin; addresses that nobody else can look at are left to the text. */
export function statedOriginOf({ origin }: Component): StatedOrigin {
  if (origin.kind === 'git') return gitOrigin(origin)
  if (origin.kind === 'local') return { text: `local ${documentText(origin.path)}` }
  return { text: origin.url === undefined ? origin.kind : `${origin.kind} ${shown(origin.url)}` }
}

function gitOrigin(origin: Extract<Origin, { readonly kind: 'git' }>): StatedOrigin {
  const url = gitUrl(origin.url)
  const location = gitLocation(url ?? shown(origin.url), origin.commit)
  return url === undefined ? { text: `git ${location}` } : { text: location, git: location }
}

/** Some addresses only their own machine understands, as in `file:../x.tgz`. */
function shown(url: string): string {
  const plain = url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '')
  return publicUrl(url) ?? documentText(plain)
}
