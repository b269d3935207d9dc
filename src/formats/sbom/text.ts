import { hash } from 'node:crypto'
import type { Checkout } from '../../model/checkout.ts'
import { type Purl, purlOf } from '../../model/purl.ts'

/** Longest text that a document carries, in UTF-16 units: no name, path or version is near it. */
const MAX_TEXT = 1000

/** Longest purl that serves as an identifier, in characters. */
const MAX_PURL = 1024

/** Nearly every text: nothing has to be done with it. */
const PLAIN = /^[\x20-\x7e]*$/

const UNWANTED = /\p{Cc}/gu

/**
 * Text from anywhere as documents carry it. Control characters become U+FFFD: a line break in a name
 * becomes a field of its own where somebody converts the document into lines.
 */
export function documentText(text: string): string {
  if (text.length <= MAX_TEXT && PLAIN.test(text)) return text
  const cut =
    text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text
  return cut.toWellFormed().replace(UNWANTED, '\ufffd')
}

/** A purl as a document states it; nothing when it is too long to be one. */
export function statedPurl(purl: Purl): Purl | undefined {
  return purl.length > MAX_PURL ? undefined : purl
}

/** Identifier of a component inside a document: its purl, or a hash of one that is too long. */
export function refOf(purl: Purl): string {
  return statedPurl(purl) ?? `purl-sha256:${hash('sha256', purl)}`
}

/** Schemes of places that somebody else can look at. */
const PUBLIC_SCHEME = /^(?:https?|ftp|ssh|git|git\+(?:https?|ssh|git)):$/

/**
 * An address as documents may publish it: without credentials, query and fragment, which may hold a
 * signature or a token.
 *
 * @returns nothing when it is no address that somebody else can look at
 */
export function publicUrl(url: string): string | undefined {
  const parsed = url.length > MAX_TEXT ? null : URL.parse(url)
  if (!parsed || !PUBLIC_SCHEME.test(parsed.protocol) || parsed.host === '') return undefined
  // `git@` of an ssh address is no credential, and nobody gets in without it.
  const ssh = /^(?:git\+)?ssh:$/.test(parsed.protocol)
  const user = ssh && parsed.username !== '' ? `${parsed.username}@` : ''
  return `${parsed.protocol}//${user}${parsed.host}${uriPath(parsed.pathname)}`
}

/** `new URL` leaves characters alone that no URI may hold. */
function uriPath(path: string): string {
  return path.replace(/[[\]^|`{}"<>\\ ]/g, encodeURIComponent).replace(/%(?![0-9a-f]{2})/gi, '%25')
}

/** An address of a git repository as `git+<scheme>://…`; knows the short form `git@host:path`. */
export function gitUrl(url: string): string | undefined {
  const short = /^([\w.-]+@)([\w.-]+):(?!\/)([^\s:]+)$/.exec(url)
  const long = short ? `ssh://${short[1]}${short[2]}/${short[3]}` : url
  const found = publicUrl(long)
  if (found === undefined) return undefined
  return /^git[+:]/.test(found) ? found : `git+${found}`
}

/** Place of a commit in SPDX's notation: `git+https://…@commit`. */
export function gitLocation(url: string, commit: string | undefined): string {
  return commit ? `${url}@${encodeURIComponent(documentText(commit))}` : url
}

/** Identity of the checkout itself. */
export function checkoutPurl(checkout: Checkout): Purl {
  const { name, repository = '', commit = '', folder } = checkout
  const git = gitUrl(repository)
  const github = /^git\+\w+:\/\/(?:git@)?github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/i.exec(
    git ?? ''
  )
  const purl =
    github?.[1] === undefined
      ? purlOf(
          'generic',
          name,
          commit,
          git === undefined ? {} : { vcs_url: gitLocation(git, commit) }
        )
      : purlOf('github', github[1].toLowerCase(), commit)
  return (folder === undefined ? purl : `${purl}#${encodeURI(folder.toWellFormed())}`) as Purl
}
