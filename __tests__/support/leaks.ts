/** A secret by name. */
export type Secrets = Readonly<Record<string, string>>

/** Shorter pieces are no secret by themselves. */
const MIN_LENGTH = 8

/**
 * Finds secrets in what a run left behind, in all the forms in which text gets about.
 *
 * @returns `which secret, in which form: where`
 */
export function leaksIn(
  places: Readonly<Record<string, string>>,
  secrets: Secrets
): readonly string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).flatMap(([form, text]) =>
      Object.entries(places).flatMap(([place, left]) =>
        left.includes(text) ? [`${name}, ${form}: ${place}`] : []
      )
    )
  )
}

/** Every line of a key, every part of a token, as it is and as it is written elsewhere. */
export function formsOf(secret: string): readonly (readonly [form: string, text: string])[] {
  const pieces = new Set([secret.trim(), ...secret.split('\n'), ...tokenParts(secret)])
  const kept = [...pieces].filter(
    (piece) => piece.length >= MIN_LENGTH && !/^(?:-----|untrusted comment)/.test(piece)
  )
  const forms = kept.flatMap((piece) => [
    ['as it is', piece] as const,
    ['escaped for JSON', JSON.stringify(piece).slice(1, -1)] as const,
    ['encoded for addresses', encodeURIComponent(piece)] as const,
    ['in hex', Buffer.from(piece).toString('hex')] as const,
    ...base64Forms(piece)
  ])
  return [...new Map(forms.map(([form, text]) => [text, [form, text] as const])).values()]
}

function tokenParts(secret: string): readonly string[] {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(secret) ? secret.split('.') : []
}

/** Within other bytes it begins at any of three places. */
function base64Forms(piece: string): readonly (readonly [string, string])[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.from(`${'x'.repeat(before)}${piece}`).toString('base64')
    // What depends on its neighbours is left out.
    const steady = encoded.slice(before === 0 ? 0 : 4).replace(/.{0,3}=*$/, '')
    if (steady.length < MIN_LENGTH) return []
    return [
      ['as base64', steady] as const,
      ['as base64 for addresses', steady.replaceAll('+', '-').replaceAll('/', '_')] as const
    ]
  })
}
