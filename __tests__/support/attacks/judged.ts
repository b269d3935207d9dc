import type { VerifySettings } from '../../../src/model/settings.ts'
import { signerDemandsOf } from '../../../src/policy/signer-policy.ts'
import { demandedTypes } from '../../../src/policy/statement-policy.ts'
import {
  assessSubject,
  type Failure,
  type Genuine,
  type Refused
} from '../../../src/policy/subject-policy.ts'
import type { SigstoreVerifier } from '../../../src/services/sigstore-verify.ts'
import { examine } from '../../../src/stages/verify/examine.ts'
import type { JsonObject } from '../../../src/formats/json.ts'
import { FORGED_IDENTITY, FORGED_ISSUER, type LeafContent, type Making } from '../signed/forge.ts'
import { AT, DIGEST, KEY, made, minutes, payloadOf } from './attack.ts'

/** Bundles that are true, and not what was asked for. */
export interface JudgedAttack {
  readonly what: string
  /** The check that fails, what was expected, and what was found. */
  readonly refused: string
  readonly bundles: () => readonly unknown[]
  readonly asked: Partial<VerifySettings>
}

export interface JudgedGroup {
  readonly title: string
  readonly attacks: readonly JudgedAttack[]
}

const SETTINGS: VerifySettings = {
  subjects: ['app'],
  identities: [FORGED_IDENTITY],
  issuers: [FORGED_ISSUER],
  publicKeys: [],
  predicateTypes: [],
  maxAgeDays: 0,
  signers: 1,
  recursive: true
}

const SIGNATURE = 'https://sigstore.dev/cosign/sign/v1'

/** Judges bundles that were attached to the subject. @returns nothing when it is verified */
export async function judged(
  verifier: SigstoreVerifier,
  bundles: readonly unknown[],
  asked: Partial<VerifySettings> = {}
): Promise<Failure | undefined> {
  const settings = { ...SETTINGS, ...asked }
  const digest = { algorithm: 'sha256', hex: DIGEST } as const
  const target = { what: 'file', name: 'app', digests: [digest] }
  const examined = await Promise.all(
    bundles.map((bundle, at) => {
      const candidate = { origin: `bundle ${at + 1}`, source: 'x', bundle: bundle as JsonObject }
      return examine(verifier, candidate, target)
    })
  )
  const genuine = examined.filter((one): one is Genuine => !('refusal' in one))
  const refused = examined.filter((one): one is Refused => 'refusal' in one)
  return assessSubject(genuine, refused, {
    signers: signerDemandsOf(settings, settings.publicKeys),
    types: demandedTypes(settings.predicateTypes),
    maxAgeDays: settings.maxAgeDays,
    least: settings.signers,
    now: new Date(AT.getTime() + 30 * 24 * 60 * 60_000)
  }).failure
}

/** A signature of the subject, as it has to be. */
export function signature(
  change: Readonly<Record<string, unknown>> = {},
  making: Making = {}
): unknown {
  const payload = payloadOf({ predicateType: SIGNATURE, predicate: {}, ...change })
  return made({ payload, ...making })
}

function attack(
  what: string,
  refused: string,
  {
    statement = {},
    making = {},
    asked = {}
  }: {
    readonly statement?: Readonly<Record<string, unknown>>
    readonly making?: Making
    readonly asked?: Partial<VerifySettings>
  }
): JudgedAttack {
  return { what, refused, asked, bundles: () => [signature(statement, making)] }
}

type Change = Readonly<Record<string, unknown>>

const about = (digest: object): Change => ({ subject: [{ name: 'app', digest }] })
const OTHER_DIGEST = 'b'.repeat(64)

/** What was signed, by whom one expects. */
export const SUBJECT: JudgedGroup = {
  title: 'Subject: a true signature of something else',
  attacks: [
    attack(
      'a signature of another file was attached',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
      {
        statement: about({ sha256: OTHER_DIGEST })
      }
    ),
    attack(
      'one digit of the digest is another',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab',
      {
        statement: about({ sha256: `${DIGEST.slice(0, -1)}b` })
      }
    ),
    attack(
      'only the name is the same',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found no digest',
      { statement: about({}) }
    ),
    attack(
      'it has no subject',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found no digest',
      { statement: { subject: [] } }
    ),
    attack(
      'its subject has no digest that is text',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found no digest',
      {
        statement: about({ sha256: [DIGEST] })
      }
    ),
    attack(
      'the digest is named as one of another algorithm',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found no digest',
      {
        statement: about({ sha3_256: DIGEST })
      }
    ),
    attack(
      'the digest is inherited',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found no digest',
      {
        statement: {
          subject: [
            { name: 'app', digest: JSON.parse(`{"__proto__":{"sha256":"${DIGEST}"}}`) as object }
          ]
        }
      }
    ),
    attack(
      'it has the digest, with more behind it',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found no digest',
      {
        statement: about({ sha256: `${DIGEST}00` })
      }
    ),
    attack(
      'several other files are its subjects',
      'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc, sha256:dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd, sha256:eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee, and more of 4 subjects',
      {
        statement: {
          subject: ['c', 'd', 'e', 'f'].map((digit) => ({
            name: 'app',
            digest: { sha256: digit.repeat(64) }
          }))
        }
      }
    )
  ]
}

const by = (san: string, builder = san): Making => ({
  certified: (content: LeafContent) => ({
    ...content,
    san,
    extensions: content.extensions.map(([oid, value]) =>
      oid.endsWith('.9') ? ([oid, utf8(builder)] as const) : ([oid, value] as const)
    )
  })
})

function utf8(text: string): Uint8Array {
  const bytes = Buffer.from(text)
  const length = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length]
  return Buffer.concat([Buffer.from([0x0c, ...length]), bytes])
}

/** An extension with another value, or none. */
function withExtension(arc: number, value: string | undefined): Making {
  return {
    certified: (content) => ({
      ...content,
      extensions: content.extensions.flatMap(([oid, old]) => {
        if (!oid.endsWith(`.57264.1.${arc}`)) return [[oid, old] as const]
        return value === undefined ? [] : [[oid, utf8(value)] as const]
      })
    })
  }
}

const OTHERS: readonly (readonly [what: string, san: string])[] = [
  [
    'another repository signed it',
    'https://github.com/evil/app/.github/workflows/release.yml@refs/heads/main'
  ],
  [
    'another workflow signed it',
    'https://github.com/octo/app/.github/workflows/test.yml@refs/heads/main'
  ],
  [
    'another branch signed it',
    'https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main2'
  ],
  [
    'a pull request signed it',
    'https://github.com/octo/app/.github/workflows/release.yml@refs/pull/1/merge'
  ],
  ['the name has something before it', `x${FORGED_IDENTITY}`],
  ['the name is within another one', `https://evil.example/?${FORGED_IDENTITY}`],
  ['the name has something behind it', `${FORGED_IDENTITY}/x`],
  ['the name is in other letters', FORGED_IDENTITY.replace('octo', 'Octo')],
  ['a letter of the name is encoded', FORGED_IDENTITY.replace('octo', '%6fcto')],
  ['the name is cut off', FORGED_IDENTITY.slice(0, -1)],
  [
    'the host only begins like it',
    FORGED_IDENTITY.replace('github.com', 'github.com.evil.example')
  ],
  ['the repository only begins like it', FORGED_IDENTITY.replace('octo/app/', 'octo/app-evil/')]
]

const PATTERN = String.raw`/^https://github\.com/octo/app/\.github/workflows/release\.yml@refs/tags/v[0-9.]+$/`

/** Who signed it. */
export const IDENTITY: JudgedGroup = {
  title: 'Signer: a true signature of somebody else',
  attacks: [
    ...OTHERS.map(([what, san]) =>
      attack(what, `identity: expected "${FORGED_IDENTITY}", found "${san}"`, { making: by(san) })
    ),
    attack(
      'the name does not fit the pattern',
      'identity: expected "/^https://github\\.com/octo/app/\\.github/workflows/release\\.yml@refs/tags/v[0-9.]+$/", found "https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main"',
      { asked: { identities: [PATTERN] } }
    ),
    attack(
      'the name fits the pattern with something behind it',
      'identity: expected "/^https://github\\.com/octo/app/\\.github/workflows/release\\.yml@refs/tags/v[0-9.]+$/", found "https://github.com/octo/app/.github/workflows/release.yml@refs/tags/v1/evil"',
      {
        making: by(`https://github.com/octo/app/.github/workflows/release.yml@refs/tags/v1/evil`),
        asked: { identities: [PATTERN] }
      }
    ),
    attack(
      'another issuer vouched for the name',
      'issuer: expected "https://token.actions.githubusercontent.com", found "https://token.evil.example"',
      {
        making: withExtension(8, 'https://token.evil.example')
      }
    ),
    attack(
      'the issuer only begins like the one that was asked for',
      'issuer: expected "https://token.actions.githubusercontent.com", found "https://token.actions.githubusercontent.com.evil.example"',
      {
        making: withExtension(8, `${FORGED_ISSUER}.evil.example`)
      }
    ),
    attack(
      'no issuer is named',
      'issuer: expected "https://token.actions.githubusercontent.com", found nothing',
      { making: withExtension(8, undefined) }
    ),
    attack(
      'it was built from another repository',
      'source repository: expected "https://github.com/octo/app", found "https://github.com/evil/fork"',
      {
        making: withExtension(12, 'https://github.com/evil/fork'),
        asked: { repository: 'https://github.com/octo/app' }
      }
    ),
    attack(
      'it was built from another ref',
      'source ref: expected "refs/heads/main", found "refs/heads/dev"',
      {
        making: withExtension(14, 'refs/heads/dev'),
        asked: { ref: 'refs/heads/main' }
      }
    ),
    attack(
      'it was built from another commit',
      'source commit: expected "dddddddddddddddddddddddddddddddddddddddd", found "cccccccccccccccccccccccccccccccccccccccc"',
      {
        asked: { commit: 'd'.repeat(40) }
      }
    ),
    attack(
      'it was built on somebody’s own machine',
      'runner environment: expected "github-hosted", found "self-hosted"',
      {
        making: withExtension(11, 'self-hosted'),
        asked: { runner: 'github-hosted' }
      }
    ),
    attack(
      'another workflow was started',
      'workflow: expected "https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main", found "https://github.com/octo/app/.github/workflows/other.yml@refs/heads/main"',
      {
        making: withExtension(
          18,
          'https://github.com/octo/app/.github/workflows/other.yml@refs/heads/main'
        ),
        asked: { workflow: FORGED_IDENTITY }
      }
    ),
    attack(
      'another workflow built it than the shared one that was asked for',
      'builder: expected "https://github.com/shared/builder/.github/workflows/build.yml@refs/tags/v1", found "https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main"',
      {
        asked: {
          builder: 'https://github.com/shared/builder/.github/workflows/build.yml@refs/tags/v1'
        }
      }
    ),
    attack(
      'a key signed, where a workflow was asked for',
      'public key: expected "https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main", found "key <id>"',
      { making: { key: KEY } }
    ),
    attack(
      'a workflow signed, where a key was asked for',
      'identity: expected "key <id>", found "https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main"',
      {
        asked: { identities: [], issuers: [], publicKeys: [KEY.id] }
      }
    ),
    {
      what: 'one signer signed twice, where two were asked for',
      refused:
        'number of signers: expected 2 different ones, found 1: https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main',
      asked: { signers: 2 },
      bundles: () => [signature(), signature()]
    },
    attack(
      'it was signed too long ago',
      'age: expected signed at most 29 days before 2026-01-31T00:00:00Z, found signed at 2026-01-01T00:00:00Z',
      { asked: { maxAgeDays: 29 } }
    )
  ]
}

const SLSA = 'https://slsa.dev/provenance/v1'
const SPDX = 'https://spdx.dev/Document'
const CYCLONEDX = 'https://cyclonedx.org/bom'
const PROVENANCE = {
  buildDefinition: {
    externalParameters: { workflow: { repository: 'https://github.com/octo/app' } },
    resolvedDependencies: [{ digest: { gitCommit: 'c'.repeat(40) } }]
  },
  runDetails: { builder: { id: FORGED_IDENTITY } }
}
const stated = (predicateType: string, predicate: object): { readonly statement: Change } => ({
  statement: { predicateType, predicate }
})

/** What it states. */
export const PREDICATE: JudgedGroup = {
  title: 'Statement: a true one that does not say what is relied on',
  attacks: [
    attack(
      'a bill of materials stands in the place of a signature',
      'signature: expected a signature or provenance, found only "https://spdx.dev/Document", which says nothing of that kind',
      {
        ...stated(SPDX, { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT' })
      }
    ),
    attack(
      'provenance was asked for, and only a signature is there',
      'predicate type: expected a statement of type "https://slsa.dev/provenance/v1", found "https://sigstore.dev/cosign/sign/v1"',
      {
        asked: { predicateTypes: [SLSA] }
      }
    ),
    attack(
      'provenance of another version is there',
      'predicate type: expected a statement of type "https://slsa.dev/provenance/v1", found "https://slsa.dev/provenance/v0.2"',
      {
        ...stated('https://slsa.dev/provenance/v0.2', { builder: { id: 'x' } }),
        asked: { predicateTypes: [SLSA] }
      }
    ),
    attack(
      'the type only begins like the one that was asked for',
      'predicate type: expected a statement of type "https://spdx.dev/Document", found "https://spdx.dev/Documents/v2.3"',
      {
        ...stated(`${SPDX}s/v2.3`, {}),
        asked: { predicateTypes: [SPDX] }
      }
    ),
    attack(
      'the provenance names no builder',
      'provenance: expected the id of a builder, found none',
      stated(SLSA, { buildDefinition: {} })
    ),
    attack(
      'the provenance is of another repository than the certificate',
      'provenance: expected the source that its certificate names, found it says that https://github.com/evil/app was built, its certificate says https://github.com/octo/app',
      {
        ...stated(SLSA, {
          ...PROVENANCE,
          buildDefinition: {
            externalParameters: { workflow: { repository: 'https://github.com/evil/app' } }
          }
        })
      }
    ),
    attack(
      'the provenance is of another commit than the certificate',
      'provenance: expected the source that its certificate names, found it says that commit dddddddddddddddddddddddddddddddddddddddd was built, its certificate says cccccccccccccccccccccccccccccccccccccccc',
      {
        ...stated(SLSA, {
          ...PROVENANCE,
          buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: 'd'.repeat(40) } }] }
        })
      }
    ),
    attack(
      'the SPDX document is none',
      'SBOM: expected a document in SPDX 2 or 3, found spdxVersion "SPDX-9"',
      stated(SPDX, { spdxVersion: 'SPDX-9' })
    ),
    attack(
      'the SPDX document has no list of packages',
      'SBOM: expected a list of packages, found an object',
      {
        ...stated(SPDX, { spdxVersion: 'SPDX-2.3', SPDXID: 'x', packages: {} })
      }
    ),
    attack(
      'the CycloneDX document is none',
      'SBOM: expected a document in CycloneDX, found bomFormat "SPDX"',
      stated(CYCLONEDX, { bomFormat: 'SPDX' })
    ),
    attack('the verdict is that it failed', 'verdict: expected "PASSED", found "FAILED"', {
      ...stated('https://slsa.dev/verification_summary/v1', { verificationResult: 'FAILED' })
    }),
    {
      what: 'the provenance that was asked for is there, from somebody else',
      refused:
        'predicate type: expected a statement of type "https://slsa.dev/provenance/v1", found "https://sigstore.dev/cosign/sign/v1"; refused: bundle 2, identity: expected "https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main", found "https://github.com/evil/app/.github/workflows/release.yml@refs/heads/main"',
      asked: { predicateTypes: [SLSA] },
      bundles: () => [
        signature(),
        signature(stated(SLSA, PROVENANCE).statement, by(FORGED_IDENTITY.replace('octo', 'evil')))
      ]
    }
  ]
}

const DAY = 24 * 60

/** What somebody puts in the place of what was taken away. */
export const DOWNGRADE: JudgedGroup = {
  title: 'Several things attached',
  attacks: [
    {
      what: 'the bundle is damaged, and a true one of an older release is beside it',
      refused:
        'subject: expected sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, found sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
      asked: {},
      bundles: () => [
        damaged(),
        signature(about({ sha256: OTHER_DIGEST }), { at: minutes(-30 * DAY) })
      ]
    },
    {
      what: 'the signature is damaged, and a true bill of materials is beside it',
      refused:
        'signature: expected a signature or provenance, found only "https://spdx.dev/Document", which says nothing of that kind',
      asked: {},
      bundles: () => [
        damaged(),
        signature({
          predicateType: SPDX,
          predicate: { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT' }
        })
      ]
    },
    {
      what: 'a key is enough for one of two, and nobody asked for it',
      refused:
        'number of signers: expected 2 different ones, found 1: https://github.com/octo/app/.github/workflows/release.yml@refs/heads/main',
      asked: { signers: 2 },
      bundles: () => [signature(), signature({}, { key: KEY })]
    },
    {
      what: 'nothing is attached',
      refused: 'signature: expected one at least, found none',
      asked: {},
      bundles: () => []
    }
  ]
}

function damaged(): unknown {
  const bundle = made({ payload: payloadOf({ predicateType: SIGNATURE, predicate: {} }) })
  for (const one of bundle.dsseEnvelope.signatures) one.sig = `A${one.sig.slice(1)}`
  return bundle
}
