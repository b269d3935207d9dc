/** Shorter values are masked nowhere: they would blot out ordinary words. */
const MIN_LENGTH = 4

/** Shorter parts of a token would blot out ordinary words. */
const MIN_TOKEN_PART = 16

/** Hides a JSON Web Token. Its parts too: the claims are read, and a message could show one of them. */
export function maskToken(token: string, mask: (secret: string) => void): void {
  mask(token)
  for (const part of token.split('.')) if (part.length >= MIN_TOKEN_PART) mask(part)
}

/** Keeps secrets out of what is shown. */
export interface SecretKeeper {
  add(secret: string): void
  redact(text: string): string
}

export function secretKeeper(): SecretKeeper {
  let secrets: readonly string[] = []
  return {
    add(secret) {
      const known = new Set([...secrets, ...partsOf(secret)])
      // Longest first: a secret may contain another one.
      secrets = [...known].sort((a, b) => b.length - a.length)
    },
    redact(text) {
      let shown = text
      for (const secret of secrets) shown = shown.replaceAll(secret, '***')
      return shown
    }
  }
}

/** A value of several lines is shown line by line, and so masked line by line too. */
function partsOf(secret: string): readonly string[] {
  const whole = secret.trim()
  return [whole, ...whole.split(/[\r\n]+/).map((line) => line.trim())].filter(
    (part) => part.length >= MIN_LENGTH
  )
}
