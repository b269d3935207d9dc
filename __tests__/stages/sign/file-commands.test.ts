import { describe, expect, it } from '@jest/globals'
import type { CommandsQuestion } from '../../../src/stages/sign/commands.ts'
import { fileCommands, minisignCommand } from '../../../src/stages/sign/file-commands.ts'
import type { Kept, SignedSubject } from '../../../src/stages/sign/signing.ts'

const IDENTITY = 'https://github.com/o/r/.github/workflows/release.yml@refs/heads/main'
const ISSUER = 'https://token.actions.githubusercontent.com'
const PROVENANCE = 'https://slsa.dev/provenance/v1'

const QUESTION: CommandsQuestion = {
  identity: { kind: 'certificate', identity: IDENTITY, issuer: ISSUER },
  settings: { rekor: 'auto', oidcIssuer: ISSUER },
  instance: {
    rekor: { url: 'https://rekor.example', version: 2 },
    timestampUrl: 'https://t.example',
    trustedRoot: { tlogs: [{}] }
  },
  repository: 'o/r'
}

function kept(given: Partial<Kept>): Kept {
  return {
    says: 'signature',
    form: 'file',
    outcome: 'verified',
    before: false,
    source: 'app.zip.sigstore.json',
    detail: 'read back',
    ...given
  }
}

function linesFor(
  given: readonly Partial<Kept>[],
  question: Partial<CommandsQuestion> = {},
  path = 'dist/app.zip'
): readonly string[] {
  const subject = { name: path, digest: { algorithm: 'sha256', hex: 'ab'.repeat(32) } } as const
  const signed: SignedSubject = { subject, given: path, what: 'file', kept: given.map(kept) }
  return fileCommands(signed, { ...QUESTION, ...question }).map(({ line }) => line)
}

const SPDX = { says: 'spdx', predicateType: 'https://spdx.dev/Document' } as const
const SLSA = { says: 'provenance', predicateType: PROVENANCE } as const

describe('the lines to check a file', () => {
  it('name its bundle, and exactly who signed', () => {
    expect(linesFor([{}, SPDX, SLSA])).toEqual([
      `cosign verify-blob dist/app.zip --bundle app.zip.sigstore.json --certificate-identity ${IDENTITY} --certificate-oidc-issuer ${ISSUER}`,
      `gh attestation verify dist/app.zip --bundle attestations.sigstore.jsonl --repo o/r --cert-identity ${IDENTITY}`
    ])
  })

  it('say which predicate there is where the usual one is not', () => {
    expect(linesFor([SPDX])).toEqual([
      `gh attestation verify dist/app.zip --bundle attestations.sigstore.jsonl --repo o/r --cert-identity ${IDENTITY} --predicate-type https://spdx.dev/Document`
    ])
  })

  it('need no list where GitHub keeps the attestations', () => {
    expect(linesFor([SPDX, { ...SLSA, form: 'github' }])).toEqual([
      `gh attestation verify dist/app.zip --repo o/r --cert-identity ${IDENTITY}`
    ])
  })

  it('name the key, which GitHub’s program does not know', () => {
    const identity = { kind: 'key', publicKey: 'PEM', hint: 'aGludA==' } as const

    expect(linesFor([{}, SLSA], { identity })).toEqual([
      'cosign verify-blob dist/app.zip --bundle app.zip.sigstore.json --key cosign.pub'
    ])
  })

  it('bring the trusted root of a private deployment', () => {
    const settings = { ...QUESTION.settings, trustedRoot: 'trust/root.json' }
    const instance = { timestampUrl: 'https://t.example', trustedRoot: { tlogs: [] } }

    expect(linesFor([{}, SLSA], { settings, instance })).toEqual([
      `cosign verify-blob dist/app.zip --bundle app.zip.sigstore.json --certificate-identity ${IDENTITY} --certificate-oidc-issuer ${ISSUER} --trusted-root trust/root.json --insecure-ignore-tlog=true --use-signed-timestamps`,
      `gh attestation verify dist/app.zip --bundle attestations.sigstore.jsonl --repo o/r --cert-identity ${IDENTITY} --custom-trusted-root trust/root.jsonl`
    ])
  })

  it('name an issuer that is not the usual one', () => {
    const identity = {
      kind: 'certificate',
      identity: IDENTITY,
      issuer: 'https://i.example'
    } as const

    expect(linesFor([SLSA], { identity })[0]).toContain('--cert-oidc-issuer https://i.example')
  })

  it('are not shown for what was not kept', () => {
    expect(linesFor([{ outcome: 'unavailable' }, { ...SLSA, outcome: 'contradicted' }])).toEqual([])
  })

  it.each([
    ["it's; rm -rf ~/x", `'it'\\''s; rm -rf ~/x'`],
    ['-rf', './-rf'],
    ['$(id)', `'$(id)'`],
    ['a\nb', `'a\nb'`]
  ])('keep a file called %j a single word', (path, word) => {
    expect(linesFor([{}], {}, path)[0]).toContain(`cosign verify-blob ${word} --bundle`)
    expect(minisignCommand(path, 'x.minisig', 'RWQ=').line).toBe(
      `minisign -V -P RWQ= -x x.minisig -m ${word}`
    )
  })
})
