import { describe, expect, it } from '@jest/globals'
import { type CommandsQuestion, imageCommands, quoted } from '../../../src/stages/sign/commands.ts'
import type { Kept, SignedSubject } from '../../../src/stages/sign/signing.ts'

const HEX = 'a'.repeat(64)
const REFERENCE = `ghcr.io/o/app@sha256:${HEX}`
const WHO = 'https://github.com/o/app/.github/workflows/release.yml@refs/heads/main'
const ISSUER = 'https://token.actions.githubusercontent.com'

function kept(says: Kept['says'], predicateType: string, form: Kept['form'] = 'referrer'): Kept {
  const rest = { before: false, source: '', detail: '' }
  return { says, predicateType, form, outcome: 'verified', ...rest }
}

const SIGNED: SignedSubject = {
  subject: { name: 'ghcr.io/o/app', digest: { algorithm: 'sha256', hex: HEX } },
  given: 'ghcr.io/o/app:1',
  what: 'index',
  kept: [
    kept('signature', 'https://sigstore.dev/cosign/sign/v1'),
    kept('provenance', 'https://slsa.dev/provenance/v1')
  ]
}

const QUESTION: CommandsQuestion = {
  identity: { kind: 'certificate', identity: WHO, issuer: ISSUER },
  settings: { rekor: 'auto', oidcIssuer: ISSUER },
  instance: { rekor: { url: 'https://log.example', version: 1 }, trustedRoot: { tlogs: [{}] } },
  repository: 'o/app'
}

function lines(
  signed: Partial<SignedSubject>,
  question: Partial<CommandsQuestion>
): readonly string[] {
  return imageCommands({ ...SIGNED, ...signed }, { ...QUESTION, ...question }).map(
    ({ line }) => line
  )
}

describe('lines that anybody can paste', () => {
  it('name exactly who signed', () => {
    expect(lines({}, {})).toEqual([
      `cosign verify ${REFERENCE} --certificate-identity ${WHO} --certificate-oidc-issuer ${ISSUER}`,
      `gh attestation verify oci://${REFERENCE} --bundle-from-oci --repo o/app --cert-identity ${WHO}`
    ])
  })

  it('say which statement, where there is no provenance', () => {
    const spdx = kept('spdx', 'https://spdx.dev/Document')

    expect(lines({ kept: [spdx] }, {})[1]).toContain('--predicate-type https://spdx.dev/Document')
  })

  it('name the key, which the other program does not know', () => {
    const identity = { kind: 'key', publicKey: 'PEM', hint: 'x' } as const

    expect(lines({}, { identity })).toEqual([`cosign verify ${REFERENCE} --key cosign.pub`])
  })

  it('name the trusted root of a private deployment', () => {
    const settings = { ...QUESTION.settings, trustedRoot: "it's/root.json" }

    expect(lines({}, { settings })).toEqual([
      expect.stringContaining(`--trusted-root 'it'\\''s/root.json'`),
      expect.stringContaining(`--custom-trusted-root 'it'\\''s/root.jsonl'`)
    ])
  })

  it('say where a timestamp is all there is', () => {
    const instance = { timestampUrl: 'https://tsa.example', trustedRoot: { tlogs: [{}] } }

    // The other program wants an entry of a log where there is one.
    expect(lines({}, { instance })).toHaveLength(1)
    expect(lines({}, { instance: { ...instance, trustedRoot: {} } })).toHaveLength(2)
    expect(lines({}, { instance })[0]).toMatch(
      /--insecure-ignore-tlog=true --use-signed-timestamps$/
    )
  })

  it('are none for what is nowhere', () => {
    expect(lines({ kept: [] }, {})).toEqual([])
  })
})

it.each([
  ['a b', "'a b'"],
  ['$(rm)', "'$(rm)'"],
  ["'", `''\\'''`],
  ['https://a/b@c', 'https://a/b@c']
])('quotes %s for a shell', (word, shown) => {
  expect(quoted(word)).toBe(shown)
})
