import { jsonInUtf8, jsonObjectOf } from '../../formats/json.ts'

/** What a token says, unverified: for asking, never for believing. */
export interface TokenClaims {
  /** What an authority wants signed as a proof that we have the key. */
  readonly subject?: string
  readonly issuer?: string
  /** Path of the workflow that signs, with its ref: what a certificate of GitHub's ends with. */
  readonly workflow?: string
  /** Milliseconds since 1970. */
  readonly issuedAt?: number
  readonly expiresAt?: number
}

/** Reads a JSON Web Token without looking at its signature. */
export function claimsIn(token: string): TokenClaims {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url')
  const {
    sub,
    email,
    iss,
    iat,
    exp,
    job_workflow_ref: workflow
  } = jsonObjectOf(jsonInUtf8(payload)) ?? {}
  const subject = [email, sub].find((name) => typeof name === 'string' && name !== '')
  return {
    ...(typeof subject === 'string' && { subject }),
    ...(typeof iss === 'string' && { issuer: iss }),
    ...(typeof workflow === 'string' && workflow !== '' && { workflow }),
    ...(typeof iat === 'number' && { issuedAt: iat * 1000 }),
    ...(typeof exp === 'number' && { expiresAt: exp * 1000 })
  }
}
