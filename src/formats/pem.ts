/** A block of text between `-----BEGIN …-----` and `-----END …-----`. */
export interface PemBlock {
  /** `PRIVATE KEY` */
  readonly label: string
  /** Base64 without line breaks; not looked at. */
  readonly body: string
  /** Header fields say that the body is encrypted. @see https://www.rfc-editor.org/rfc/rfc1421#section-4.6.1.1 */
  readonly isLocked: boolean
  /** All of it, with its first and last line. */
  readonly text: string
}

/** Most characters that are looked at. */
const MAX_TEXT = 256 * 1024

const BEGIN = /^-----BEGIN ([A-Z0-9 ]{1,60})-----$/

/**
 * Finds the blocks of a PEM text. What stands between them is passed over, as OpenSSL does; a block without its end
 * is none.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7468
 */
export function pemBlocksIn(text: string): readonly PemBlock[] {
  const lines = text
    .slice(0, MAX_TEXT)
    .split('\n')
    .map((line) => line.trim())
  const blocks: PemBlock[] = []
  let begin: { readonly label: string; readonly at: number } | undefined
  for (const [at, line] of lines.entries()) {
    const label = BEGIN.exec(line)?.[1]
    if (label !== undefined) begin = { label, at }
    if (begin === undefined || line !== `-----END ${begin.label}-----`) continue
    blocks.push(blockOf(begin.label, lines.slice(begin.at, at + 1)))
    begin = undefined
  }
  return blocks
}

function blockOf(label: string, lines: readonly string[]): PemBlock {
  const inner = lines.slice(1, -1)
  return {
    label,
    body: inner.filter((line) => !line.includes(':')).join(''),
    isLocked: inner.some((line) => /^Proc-Type:.*ENCRYPTED$/.test(line)),
    text: `${lines.join('\n')}\n`
  }
}

/** OID 1.2.840.113549.1.5.12 in DER. */
const PBKDF2 = Buffer.from('06092a864886f70d01050c', 'hex')

/**
 * How many rounds of PBKDF2 stand between a password and a locked key in PKCS #8.
 *
 * @returns nothing when it is locked in another way; infinitely many when that cannot be told
 * @see https://www.rfc-editor.org/rfc/rfc8018#appendix-A.2
 */
export function pbkdf2Rounds(der: Uint8Array): number | undefined {
  const bytes = Buffer.from(der)
  const at = bytes.subarray(0, 64).indexOf(PBKDF2)
  if (at === -1) return undefined
  // SEQUENCE { OCTET STRING salt, INTEGER rounds, … }, all short.
  const salt = at + PBKDF2.length + 2
  const rounds = salt + 2 + (bytes[salt + 1] ?? 0)
  const length = bytes[rounds + 1] ?? 0
  const plain = bytes[salt] === 4 && bytes[rounds] === 2 && length >= 1 && length <= 6
  return plain && rounds + 2 + length <= bytes.length
    ? bytes.readUIntBE(rounds + 2, length)
    : Infinity
}
