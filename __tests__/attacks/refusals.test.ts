import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type RefusedBundle, sigstoreVerifier } from '../../src/services/sigstore-verify.ts'
import {
  AT,
  type Attack,
  type Attempt,
  BYTES,
  FORGE,
  KEY,
  made,
  message
} from '../support/attacks/attack.ts'
import { CERTIFICATE, SCT } from '../support/attacks/certificate.ts'
import { MESSAGE, PAYLOAD } from '../support/attacks/content.ts'
import { FORM, PUBLIC_KEY, ROOT, TIMESTAMP } from '../support/attacks/form.ts'
import { ENTRY, PROOF } from '../support/attacks/log.ts'
import {
  DOWNGRADE,
  IDENTITY,
  judged,
  type JudgedAttack,
  PREDICATE,
  signature,
  SUBJECT
} from '../support/attacks/judged.ts'
import { refusalsPage, type RefusedAttack } from '../support/attacks/page.ts'
import { expectGolden } from '../support/golden.ts'

const GROUPS = [
  PAYLOAD,
  MESSAGE,
  CERTIFICATE,
  SCT,
  ENTRY,
  PROOF,
  TIMESTAMP,
  FORM,
  PUBLIC_KEY,
  ROOT
] as const

const JUDGED = [SUBJECT, IDENTITY, PREDICATE, DOWNGRADE] as const

type Verified = { readonly signer: object } | RefusedBundle

async function verified({ bundle, bytes, trust }: Attempt): Promise<Verified> {
  const { trustedRoot } = FORGE
  const given = { trustedRoot, keys: [KEY], asOf: '2026-02-01', ...trust }
  const { verifyMessage, verifyStatement } = await sigstoreVerifier(given)
  return bytes === undefined ? verifyStatement(bundle) : verifyMessage(bundle, [bytes])
}

async function refusalOf(attack: Attack): Promise<RefusedBundle> {
  const found = await verified(attack.attempt())
  if ('refused' in found) return { ...found, refused: steady(found.refused) }
  throw new Error(`accepted: ${attack.what}`)
}

/** Ids and digests are others in each run. */
function steady(reason: string): string {
  return reason.replace(/[0-9a-f]{64,}/g, '<id>')
}

describe('what the attacks begin with is believed', () => {
  it.each([
    ['a statement in a log of the first kind', { bundle: made() }],
    ['a statement in a log of the second kind', { bundle: made({ rekor: 2 }) }],
    ['a statement with a timestamp, too', { bundle: made({ stamps: [AT] }) }],
    ['a statement that a key signed', { bundle: made({ key: KEY }) }],
    ['bytes', { bundle: message(), bytes: BYTES }],
    ['bytes in a log of the second kind', { bundle: message({ rekor: 2 }), bytes: BYTES }]
  ] satisfies [string, Attempt][])('%s', async (_what, attempt) => {
    expect(await verified(attempt)).toMatchObject({ signer: {} })
  })
})

describe.each(GROUPS.map((group) => [group.title, group] as const))(
  '%s: it is refused when',
  (_title, { attacks }) => {
    it.each(attacks.map((attack) => [attack.what, attack] as const))(
      '%s',
      async (_what, attack) => {
        expect((await refusalOf(attack)).refused).toBe(attack.refused)
      }
    )
  }
)

const VERIFIER = sigstoreVerifier({
  trustedRoot: FORGE.trustedRoot,
  keys: [KEY],
  asOf: '2026-02-01'
})

async function judgementOf({ what, bundles, asked }: JudgedAttack): Promise<RefusedAttack> {
  const failure = await judged(await VERIFIER, bundles(), asked)
  if (failure === undefined) throw new Error(`accepted: ${what}`)
  const { check, expected, found } = failure
  const refused = `${check}: expected ${expected}, found ${found}`
  return { what, check, refused: refused.replace(/key SHA256:\S+(?=")/g, 'key <id>') }
}

it('a subject with a true signature by whom it was asked for is verified', async () => {
  expect(await judged(await VERIFIER, [signature()])).toBeUndefined()
})

describe.each(JUDGED.map((group) => [group.title, group] as const))(
  '%s: it is refused when',
  (_title, { attacks }) => {
    it.each(attacks.map((attack) => [attack.what, attack] as const))(
      '%s',
      async (_what, attack) => {
        expect((await judgementOf(attack)).refused).toBe(attack.refused)
      }
    )
  }
)

it('is written down with the reasons', async () => {
  const forged = await Promise.all(
    GROUPS.map(async ({ title, attacks }) => ({
      title,
      rows: await Promise.all(
        attacks.map(async (attack) => ({ what: attack.what, ...(await refusalOf(attack)) }))
      )
    }))
  )
  const wrong = await Promise.all(
    JUDGED.map(async ({ title, attacks }) => ({
      title,
      rows: await Promise.all(attacks.map(judgementOf))
    }))
  )

  expectGolden(
    join(import.meta.dirname, '../../docs/refusals.md'),
    refusalsPage([...forged, ...wrong])
  )
})
