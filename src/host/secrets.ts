/** Shorter values are masked nowhere: they would blot out ordinary words. */
const MIN_LENGTH = 4

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
