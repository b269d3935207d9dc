import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../../src/formats/json.ts'
import { digestFromHex } from '../../../src/model/digest.ts'
import { checkAttestation } from '../../../src/services/npm-registry/attestation.ts'
import { bundleVerifier } from '../../../src/services/sigstore-verify.ts'
import { testKey } from '../../support/signed/npm-registry.ts'
import {
  bundleOf,
  type Identity,
  newPair,
  newSigstore,
  type Signing
} from '../../support/signed/sigstore.ts'

const SIGSTORE = newSigstore()
const FOREIGN = newSigstore()
const KEY = testKey('npm:attestations')
const SHA512 = createHash('sha512').update('the bytes').digest('hex')
const COMMIT = 'c'.repeat(40)
const REPOSITORY = 'https://github.com/octo/lib'
const WORKFLOW = `${REPOSITORY}/.github/workflows/release.yml@refs/tags/v1.0.0`
const GITHUB: Identity = {
  san: WORKFLOW,
  extensions: {
    1: 'https://token.actions.githubusercontent.com',
    5: 'octo/lib',
    8: 'https://token.actions.githubusercontent.com',
    9: WORKFLOW,
    11: 'github-hosted',
    12: REPOSITORY,
    13: COMMIT,
    14: 'refs/tags/v1.0.0',
    18: WORKFLOW
  }
}

const PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1'
const SLSA = 'https://slsa.dev/provenance/v1'
const ABOUT = {
  name: '@octo/lib',
  version: '1.0.0',
  digest: digestFromHex('sha512', SHA512) ?? { algorithm: 'sha512' as const, hex: '' }
}

const SUBJECT = { name: 'pkg:npm/%40octo/lib@1.0.0', digest: { sha512: SHA512 } }

function built(repository = REPOSITORY, commit = COMMIT): JsonObject {
  return {
    buildDefinition: {
      externalParameters: { workflow: { repository } },
      resolvedDependencies: [
        { uri: `git+${repository}@refs/tags/v1.0.0`, digest: { gitCommit: commit } }
      ]
    }
  }
}

function statement(change: JsonObject = {}): JsonObject {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [SUBJECT],
    predicateType: SLSA,
    predicate: built(),
    ...change
  }
}

function provenance(change: Partial<Signing> = {}): JsonObject {
  const bundle = bundleOf(SIGSTORE, { statement: statement(), signer: GITHUB, ...change })
  return { predicateType: SLSA, bundle }
}

function published(change: JsonObject = {}, signing: Partial<Signing> = {}): JsonObject {
  const said = {
    predicateType: PUBLISH,
    predicate: { name: '@octo/lib', version: '1.0.0', registry: 'https://registry.example' }
  }
  const bundle = bundleOf(SIGSTORE, {
    statement: statement({ ...said, ...change }),
    signer: KEY,
    ...signing
  })
  return { predicateType: PUBLISH, bundle }
}

async function check(entry: JsonObject, asOf = '2026-06-01'): ReturnType<typeof checkedBy> {
  return checkedBy(entry, asOf)
}

async function checkedBy(
  entry: JsonObject,
  asOf: string
): Promise<ReturnType<typeof checkAttestation>> {
  const verify = await bundleVerifier({ trustedRoot: SIGSTORE.trustedRoot, keys: [KEY], asOf })
  return checkAttestation({ verify, asOf }, entry, ABOUT)
}

/** Changes one place of a bundle: `path` leads to it. */
function tampered(
  entry: JsonObject,
  path: string,
  change: (value: unknown) => unknown
): JsonObject {
  const copy = structuredClone(entry) as Record<string, unknown>
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let at = copy['bundle'] as Record<string, unknown>
  for (const key of keys) at = at[key] as Record<string, unknown>
  at[last] = change(at[last])
  return copy
}

function flip(value: unknown): string {
  const bytes = Buffer.from(String(value), 'base64')
  const at = bytes.length - 3
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString('base64')
}

const ENTRY = 'verificationMaterial.tlogEntries.0'

describe('an attestation of npm', () => {
  it('says where the version was built', async () => {
    expect(await check(provenance())).toEqual({
      kind: 'attestation',
      outcome: 'verified',
      detail: `built from ${REPOSITORY} at ${COMMIT} by ${WORKFLOW}`,
      signer: {
        identity: WORKFLOW,
        issuer: 'https://token.actions.githubusercontent.com',
        repository: REPOSITORY,
        commit: COMMIT,
        ref: 'refs/tags/v1.0.0',
        workflow: WORKFLOW,
        runner: 'github-hosted'
      }
    })
  })

  it('says that the registry took the version', async () => {
    expect(await check(published())).toEqual({
      kind: 'attestation',
      outcome: 'verified',
      detail: `the registry attests the publication, with its key ${KEY.id}`,
      signer: { identity: `key ${KEY.id}` }
    })
  })

  it('names the reusable workflow that signed, beside the one that was started', async () => {
    const builder = 'https://github.com/tools/build/.github/workflows/npm.yml@refs/tags/v3'
    const signer = { san: builder, extensions: { ...GITHUB.extensions, 9: builder } }

    expect((await check(provenance({ signer }))).signer).toMatchObject({
      identity: builder,
      builder,
      workflow: WORKFLOW,
      repository: REPOSITORY
    })
  })

  it('holds with a certificate of before 2023, whose extensions are plain text', async () => {
    const extensions = {
      1: 'https://token.actions.githubusercontent.com',
      3: COMMIT,
      5: 'octo/lib',
      6: 'refs/tags/v1.0.0'
    }

    expect((await check(provenance({ signer: { san: WORKFLOW, extensions } }))).signer).toEqual({
      identity: WORKFLOW,
      issuer: 'https://token.actions.githubusercontent.com',
      repository: REPOSITORY,
      commit: COMMIT,
      ref: 'refs/tags/v1.0.0',
      workflow: WORKFLOW
    })
  })

  it('holds with the older form of provenance, of which the source is compared too', async () => {
    const predicate = {
      invocation: {
        configSource: {
          uri: `git+${REPOSITORY}.git@refs/heads/main`,
          digest: { sha1: COMMIT }
        }
      }
    }
    const older = 'https://slsa.dev/provenance/v0.2'
    const signed = { statement: statement({ predicateType: older, predicate }) }

    const entry = { ...provenance(signed), predicateType: older }

    expect(await check(entry)).toMatchObject({ outcome: 'verified' })
  })
})

const other = (change: JsonObject): JsonObject => provenance({ statement: statement(change) })

/** What was done to it, the entry, and why it is refused. */
const REFUSED: readonly (readonly [string, () => JsonObject, string])[] = [
  [
    'of another version',
    () => other({ subject: [{ ...SUBJECT, name: 'pkg:npm/%40octo/lib@1.0.1' }] }),
    'is about "pkg:npm/%40octo/lib@1.0.1"'
  ],
  [
    'of another package',
    () => other({ subject: [{ ...SUBJECT, name: 'pkg:npm/lib@1.0.0' }] }),
    'is about "pkg:npm/lib@1.0.0"'
  ],
  [
    'of a subject named in another case',
    () => other({ subject: [{ ...SUBJECT, name: 'pkg:npm/%40Octo/lib@1.0.0' }] }),
    'is about "pkg:npm/%40Octo/lib@1.0.0"'
  ],
  [
    'of other bytes',
    () => other({ subject: [{ ...SUBJECT, digest: { sha512: 'ab'.repeat(64) } }] }),
    'is about the bytes sha512:abab'
  ],
  [
    'of a weaker digest only',
    () => other({ subject: [{ ...SUBJECT, digest: { sha256: 'ab'.repeat(32) } }] }),
    'states no SHA512'
  ],
  ['of two subjects', () => other({ subject: [SUBJECT, SUBJECT] }), 'is about 2 subjects'],
  ['of no subject', () => other({ subject: [] }), 'is about 0 subjects'],
  ['without a list of subjects', () => other({ subject: SUBJECT }), 'no list of subjects'],
  [
    'that is no statement',
    () => other({ _type: 'https://in-toto.io/Statement/v9' }),
    'expected an in-toto statement'
  ],
  [
    'of another predicate type inside',
    () => other({ predicateType: 'https://slsa.dev/provenance/v0.2' }),
    'is signed as "https://slsa.dev/provenance/v0.2"'
  ],
  [
    'with a predicate that is no object',
    () => other({ predicate: ['x'] }),
    'the predicate is no JSON object'
  ],
  [
    'of another payload type',
    () => provenance({ payloadType: 'text/plain' }),
    'payload is of type "text/plain"'
  ],
  [
    'that names another repository than its certificate',
    () => other({ predicate: built('https://github.com/octo/other') }),
    'says that https://github.com/octo/other was built'
  ],
  [
    'that names another commit than its certificate',
    () => other({ predicate: built(REPOSITORY, 'd'.repeat(40)) }),
    `says that commit ${'d'.repeat(40)} was built`
  ],
  [
    "by a person's certificate",
    () =>
      provenance({
        signer: { san: 'mailto:me@example.com', extensions: { 8: 'https://accounts.google.com' } }
      }),
    'issued for https://accounts.google.com'
  ],
  [
    'by a build service that only looks like one',
    () =>
      provenance({
        signer: {
          ...GITHUB,
          extensions: {
            ...GITHUB.extensions,
            8: 'https://token.actions.githubusercontent.com.example'
          }
        }
      }),
    'which is no build service'
  ],
  [
    'by a certificate that names another server',
    () =>
      provenance({
        signer: {
          ...GITHUB,
          san: 'https://github.com.example/octo/lib/.github/workflows/x.yml@refs/heads/main'
        }
      }),
    'is not at https://github.com/'
  ],
  [
    'by the key of the registry in the place of a build service',
    () => provenance({ signer: KEY }),
    'signed with a key, expected a certificate'
  ],
  [
    'by a certificate in the place of the registry',
    () => published({}, { signer: GITHUB }),
    'signed with a certificate, expected a key'
  ],
  [
    'of a publication under another name',
    () => published({ predicate: { name: 'lib', version: '1.0.0' } }),
    'says that lib 1.0.0 was published'
  ],
  [
    'of a publication of another version',
    () => published({ predicate: { name: '@octo/lib', version: '2.0.0' } }),
    'says that @octo/lib 2.0.0 was published'
  ],
  [
    'signed by another key than that of its certificate',
    () => provenance({ wrongKey: newPair().privateKey }),
    'signature verification failed'
  ],
  [
    'signed by another key under the id of the registry',
    () => published({}, { wrongKey: newPair().privateKey }),
    'signature verification failed'
  ],
  [
    'of a foreign authority',
    () => provenance({ ca: FOREIGN.ca }),
    'not signed by the authority that it names'
  ],
  [
    'with a timestamp of a foreign certificate log',
    () => provenance({ ctLog: FOREIGN.ctLog }),
    'a log of certificates that the trusted root does not have'
  ],
  [
    'in a foreign log',
    () => provenance({ log: FOREIGN.log }),
    'of a log that the trusted root does not have'
  ],
  [
    'logged after its certificate',
    () => provenance({ loggedAt: new Date('2026-01-01T01:00:00Z') }),
    'its certificate counts from 2025-12-31T23:59:00Z until'
  ],
  [
    'logged before its certificate',
    () => provenance({ loggedAt: new Date('2025-12-31T23:00:00Z') }),
    'its certificate counts from 2025-12-31T23:59:00Z until'
  ],
  [
    'logged before its key was in use',
    () => published({}, { at: new Date('2024-01-01T00:00:00Z') }),
    'not valid for timestamp'
  ],
  [
    'with a changed payload',
    () => tampered(provenance(), 'dsseEnvelope.payload', flip),
    'DSSE payload hash mismatch'
  ],
  [
    'with a changed signature',
    () => tampered(provenance(), 'dsseEnvelope.signatures.0.sig', flip),
    'tlog entry signature mismatch'
  ],
  [
    'with a changed payload type',
    () => tampered(provenance(), 'dsseEnvelope.payloadType', () => 'application/json'),
    'signature verification failed'
  ],
  [
    'with a changed certificate',
    () => tampered(provenance(), 'verificationMaterial.certificate.rawBytes', flip),
    'not signed by the authority that it names'
  ],
  [
    'with the certificate of another bundle',
    () =>
      tampered(provenance(), 'verificationMaterial.certificate', () => certificateIn(provenance())),
    'signature verification failed'
  ],
  [
    'with a changed log entry',
    () => tampered(provenance(), `${ENTRY}.canonicalizedBody`, flip),
    'not as its log promised it'
  ],
  [
    'with a changed promise',
    () => tampered(provenance(), `${ENTRY}.inclusionPromise.signedEntryTimestamp`, flip),
    'not as its log promised it'
  ],
  [
    'with another time',
    () => tampered(provenance(), `${ENTRY}.integratedTime`, (time) => `${Number(time) + 1}`),
    'not as its log promised it'
  ],
  [
    'with another index',
    () => tampered(provenance(), `${ENTRY}.inclusionProof.logIndex`, () => '0'),
    'root hash does not match'
  ],
  [
    'with a changed proof',
    () => tampered(provenance(), `${ENTRY}.inclusionProof.hashes.0`, flip),
    'root hash does not match'
  ],
  [
    'with a changed checkpoint',
    () =>
      tampered(provenance(), `${ENTRY}.inclusionProof.checkpoint.envelope`, (text) =>
        String(text).replace('\n2\n', '\n3\n')
      ),
    'checkpoint of a log entry is not signed by its log'
  ],
  [
    'with the log entry of another bundle',
    () => tampered(provenance(), ENTRY, () => logEntryIn(provenance())),
    'tlog entry signature mismatch'
  ],
  [
    'without a log entry',
    () => tampered(provenance(), 'verificationMaterial.tlogEntries', () => []),
    'expected 1 timestamps, got 0'
  ],
  [
    'with a log entry twice',
    () =>
      tampered(provenance(), 'verificationMaterial.tlogEntries', (list) => [
        ...(list as unknown[]),
        ...(list as unknown[])
      ]),
    'duplicate timestamp'
  ],
  [
    'with a hundred log entries',
    () =>
      tampered(provenance(), 'verificationMaterial.tlogEntries', (list) =>
        Array.from({ length: 100 }, () => (list as unknown[])[0])
      ),
    'more than 8 log entries'
  ],
  [
    'with two signatures',
    () =>
      tampered(provenance(), 'dsseEnvelope.signatures', (list) => [
        ...(list as unknown[]),
        ...(list as unknown[])
      ]),
    'it has 2 signatures, expected one'
  ],
  [
    'without a certificate',
    () => tampered(provenance(), 'verificationMaterial.certificate', () => undefined),
    'neither a certificate nor the name of a key'
  ],
  [
    'of an unknown bundle version',
    () => tampered(provenance(), 'mediaType', () => 'application/vnd.dev.sigstore.bundle.v9+json'),
    'expected a Sigstore bundle of version'
  ],
  ['whose bundle is a text', () => ({ predicateType: SLSA, bundle: 'x' }), 'no JSON object'],
  ['without a bundle', () => ({ predicateType: SLSA }), 'no JSON object'],
  [
    'that is an empty bundle',
    () => ({ predicateType: SLSA, bundle: {} }),
    'expected a Sigstore bundle of version'
  ]
]

describe('an attestation is contradicted', () => {
  it.each(REFUSED)('%s', async (_what, entry, reason) => {
    const { outcome, detail, signer } = await check(entry())

    expect(outcome).toBe('contradicted')
    expect(detail).toContain(reason)
    expect(signer).toBeUndefined()
  })
})

describe('an attestation is unavailable', () => {
  it('when its type is not known', async () => {
    const entry = { predicateType: 'https://x.example/v1', bundle: {} }

    expect(await check(entry)).toMatchObject({
      outcome: 'unavailable',
      reason: 'an attestation is of an unknown type'
    })
  })

  it('when a key that is not known signed it', async () => {
    expect(await check(published({}, { signer: testKey() }))).toMatchObject({
      outcome: 'unavailable',
      reason:
        'an attestation is signed through keys or authorities that were not known on 2026-06-01'
    })
  })

  it.each([
    ['authority', { ca: FOREIGN.ca }],
    ['log', { log: FOREIGN.log }]
  ])('when an %s is not known that may be newer than what we know', async (_what, change) => {
    expect(await check(provenance(change), '2025-06-01')).toMatchObject({ outcome: 'unavailable' })
  })
})

function materialIn({ bundle }: JsonObject): Record<string, unknown> {
  return (bundle as Record<string, Record<string, unknown>>)['verificationMaterial'] ?? {}
}

function certificateIn(entry: JsonObject): unknown {
  return materialIn(entry)['certificate']
}

function logEntryIn(entry: JsonObject): unknown {
  return (materialIn(entry)['tlogEntries'] as unknown[])[0]
}
