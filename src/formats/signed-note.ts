import { createHash, createPublicKey, verify } from 'node:crypto'

/** A key that notes are checked with. */
export interface NoteKey {
  /** Who signs; of a checksum database, its host name. */
  readonly name: string
  /** First four bytes of a hash over name and key, in hex: tells keys of one name apart. */
  readonly id: string
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
}

export type OpenedNote =
  /** `text` ends with a line break and is what was signed. */
  | { readonly kind: 'signed'; readonly text: string }
  /** A note, but none that the key's owner signed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No note at all: an error page, say. */
  | { readonly kind: 'malformed'; readonly reason: string }

const ED25519 = 1

/** DER of a SubjectPublicKeyInfo up to the 32 bytes of the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')

/** Go's own limit: more signatures than that only cost time. */
const MAX_SIGNATURES = 100

/**
 * Parses a verifier key, `<name>+<id>+<base64>`.
 *
 * @returns nothing when it is no Ed25519 key, or the id is not that of this name and key
 * @see https://pkg.go.dev/golang.org/x/mod/sumdb/note#hdr-Verifying_Notes
 */
export function parseNoteKey(text: string): NoteKey | undefined {
  // The base64 part may hold further plus signs.
  const [, name = '', id = '', encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? []
  const key = bytesOf(encoded)
  if (key?.length !== 33 || key[0] !== ED25519 || keyId(name, key) !== id) return undefined
  return { name, id, publicKey: key.subarray(1) }
}

/**
 * Opens a signed note: checks the signature of one key, and ignores those of others.
 *
 * @see https://github.com/C2SP/C2SP/blob/main/signed-note.md
 */
export function openNote(note: string, key: NoteKey): OpenedNote {
  const split = note.lastIndexOf('\n\n')
  if (split <= 0 || !note.endsWith('\n') || hasControls(note)) {
    return { kind: 'malformed', reason: 'it is no signed note' }
  }
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES)
    return { kind: 'malformed', reason: 'it has too many signatures' }
  let own: Buffer | undefined
  for (const line of lines) {
    const [, name, encoded = ''] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? []
    const bytes = bytesOf(encoded)
    if (bytes === undefined || bytes.length < 5) {
      return { kind: 'malformed', reason: 'a signature in it is malformed' }
    }
    // The first one counts: a second of the same key is not looked at.
    if (name === key.name && bytes.toString('hex', 0, 4) === key.id) own ??= bytes.subarray(4)
  }
  if (own === undefined) {
    return { kind: 'refused', reason: `it is not signed by ${key.name}+${key.id}` }
  }
  return isSignature(own, text, key)
    ? { kind: 'signed', text }
    : { kind: 'refused', reason: `the signature of ${key.name}+${key.id} does not match` }
}

function isSignature(signature: Uint8Array, text: string, { publicKey }: NoteKey): boolean {
  const der = Buffer.concat([SPKI_PREFIX, publicKey])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text, 'utf8'), key, signature)
}

function keyId(name: string, key: Uint8Array): string {
  return createHash('sha256').update(`${name}\n`).update(key).digest('hex').slice(0, 8)
}

function bytesOf(base64: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined
}

/** Line breaks are all that a note may have of them. */
function hasControls(text: string): boolean {
  return /(?!\n)\p{Cc}/u.test(text)
}
