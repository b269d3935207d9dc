import { describe, expect, it } from '@jest/globals'
import type { SignatureAnswer } from '../../../src/services/signature-source.ts'
import { pypiAttestationsBy } from '../../../src/services/pypi-index/attestations.ts'
import { type Canned, fakeHost, type FakeHost } from '../../support/fake-host.ts'
import { signatureContext } from '../../support/signed/context.ts'
import { demo, hashOf, htmlPage, lockedFile, PUBLIC } from '../../support/pypi-project.ts'
import { attestationOf, fileStatement } from '../../support/signed/pep740.ts'
import { workflowIdentity } from '../../support/signed/provenance.ts'
import { type Identity, newPair, newSigstore, type Signing } from '../../support/signed/sigstore.ts'

const SIGSTORE = newSigstore()
const TRUST = { trustedRoot: SIGSTORE.trustedRoot, keys: [], asOf: '2026-06-01' }
const WHEEL = 'demo-1.0-py3-none-any.whl'
const PROVENANCE = 'https://registry.example/integrity/demo/1.0/provenance'
const REPOSITORY = 'https://github.com/octo/demo'
const GITHUB = workflowIdentity({ repository: REPOSITORY, ref: 'refs/tags/v1.0' })
const PUBLISHER = { kind: 'GitHub', repository: 'octo/demo', workflow: 'release.yml' }
const FILE = { name: WHEEL, sha256: hashOf('a') }

function provenance(
  change: Partial<Omit<Signing, 'signer'>> & { readonly signer?: Identity } = {},
  publisher: Readonly<Record<string, unknown>> = PUBLISHER
): unknown {
  const signing = { statement: fileStatement(FILE), signer: GITHUB, ...change }
  const attestations = [attestationOf(SIGSTORE, signing)]
  return { version: 1, attestation_bundles: [{ publisher, attestations }] }
}

function page(files: readonly Readonly<Record<string, unknown>>[]): Canned {
  const body = JSON.stringify({ meta: { 'api-version': '1.3' }, name: 'demo', files })
  return {
    body: Buffer.from(body),
    headers: { 'content-type': 'application/vnd.pypi.simple.v1+json' }
  }
}

function listed(extra: Readonly<Record<string, unknown>>): Canned {
  const file = {
    filename: WHEEL,
    url: `https://files.example/${WHEEL}`,
    hashes: { sha256: hashOf('a') }
  }
  return page([{ ...file, ...extra }])
}

interface Given {
  readonly index?: Canned
  readonly answer?: Canned
  readonly env?: Readonly<Record<string, string>>
}

async function ask({ index, answer, env = {} }: Given): Promise<{
  readonly answer: SignatureAnswer | undefined
  readonly host: FakeHost
}> {
  const host = fakeHost({
    env,
    responses: {
      [`${PUBLIC}demo/`]: index ?? listed({ provenance: PROVENANCE }),
      ...(answer !== undefined && { [PROVENANCE]: answer })
    }
  })
  const source = pypiAttestationsBy(() => Promise.resolve(TRUST))
  const client = source.connect(signatureContext(host))
  const file = lockedFile({ name: WHEEL, hash: 'a' }, 'poetry.lock')
  const [digest] = file.digests
  if (!digest) throw new Error('nothing locked')
  return { answer: await client.ask({ component: demo([file]), file, digest }), host }
}

async function observed(given: unknown): Promise<SignatureAnswer['observations'][number]> {
  const { answer } = await ask({ answer: JSON.stringify(given) })
  const [only, ...more] = answer?.observations ?? []
  if (!only || more.length > 0) throw new Error('not one observation')
  return only
}

const GITLAB_CI = 'https://gitlab.com/a/b/demo//.gitlab-ci.yml@refs/heads/main'
const GITLAB: Identity = {
  san: GITLAB_CI,
  extensions: {
    8: 'https://gitlab.com',
    9: GITLAB_CI,
    12: 'https://gitlab.com/a/b/demo',
    13: 'c'.repeat(40),
    14: 'refs/heads/main',
    18: GITLAB_CI
  }
}

describe('an attestation of a Python file', () => {
  it('says who published it, and from where', async () => {
    expect(await observed(provenance())).toMatchObject({
      kind: 'attestation',
      outcome: 'verified',
      source: PROVENANCE,
      detail: `published, and built from ${REPOSITORY} at ${'c'.repeat(40)} by ${REPOSITORY}/.github/workflows/release.yml@refs/tags/v1.0`,
      signer: { repository: REPOSITORY, ref: 'refs/tags/v1.0' }
    })
  })

  it.each([
    'DEMO-1.0-py3-none-any.whl',
    'demo-1.0.0-py3-none-any.whl',
    'demo-01.0-py3-none-any.whl'
  ])('may spell its name in another way: %s', async (name) => {
    const statement = fileStatement({ ...FILE, name })

    expect(await observed(provenance({ statement }))).toMatchObject({ outcome: 'verified' })
  })

  it.each<[string, Identity, object]>([
    [
      'GitLab, in a subgroup',
      GITLAB,
      { kind: 'GitLab', repository: 'a/b/demo', workflow_filepath: '.gitlab-ci.yml' }
    ],
    [
      'Google',
      {
        san: 'builder@demo.iam.gserviceaccount.com',
        extensions: { 8: 'https://accounts.google.com' }
      },
      { kind: 'Google', email: 'builder@demo.iam.gserviceaccount.com' }
    ]
  ])('may be of %s', async (_where, signer, publisher) => {
    expect(await observed(provenance({ signer }, { ...publisher }))).toMatchObject({
      outcome: 'verified'
    })
  })
})

const changed = (change: Readonly<Record<string, unknown>>): unknown =>
  provenance({ statement: fileStatement(FILE, change) })

const REFUSED: readonly (readonly [string, () => unknown, string])[] = [
  [
    'of another version',
    () => provenance({ statement: fileStatement({ ...FILE, name: 'demo-1.1-py3-none-any.whl' }) }),
    'is about "demo-1.1'
  ],
  [
    'of another project',
    () => provenance({ statement: fileStatement({ ...FILE, name: 'demos-1.0-py3-none-any.whl' }) }),
    'is about "demos-1.0'
  ],
  [
    'of the source distribution',
    () => provenance({ statement: fileStatement({ ...FILE, name: 'demo-1.0.tar.gz' }) }),
    'is about "demo-1.0.tar.gz"'
  ],
  [
    'of a wheel for other machines',
    () =>
      provenance({
        statement: fileStatement({ ...FILE, name: 'demo-1.0-cp312-cp312-win_amd64.whl' })
      }),
    'is about "demo-1.0-cp312'
  ],
  [
    'of another build of the wheel',
    () =>
      provenance({ statement: fileStatement({ ...FILE, name: 'demo-1.0-2-py3-none-any.whl' }) }),
    'is about "demo-1.0-2'
  ],
  [
    'of a file without a name',
    () => provenance({ statement: fileStatement({ ...FILE, name: '' }) }),
    'is about ""'
  ],
  [
    'of other bytes',
    () => provenance({ statement: fileStatement({ ...FILE, sha256: hashOf('b') }) }),
    'is about the bytes sha256:bbb'
  ],
  [
    'of two files',
    () =>
      changed({
        subject: [
          { name: WHEEL, digest: {} },
          { name: WHEEL, digest: {} }
        ]
      }),
    'is about 2 subjects'
  ],
  [
    'of a type that no index takes',
    () => changed({ predicateType: 'https://slsa.dev/provenance/v0.2' }),
    'which no index takes'
  ],
  [
    'of the publish type of another place',
    () => changed({ predicateType: 'https://docs.example/attestations/publish/v1' }),
    'which no index takes'
  ],
  [
    'of a publisher in another repository',
    () => provenance({}, { ...PUBLISHER, repository: 'octo/other' }),
    'its repository is https://github.com/octo/demo'
  ],
  [
    'of a publisher with another workflow',
    () => provenance({}, { ...PUBLISHER, workflow: 'other.yml' }),
    'its workflow is'
  ],
  [
    'of a publisher with a part of the workflow',
    () => provenance({}, { ...PUBLISHER, workflow: 'release' }),
    'its workflow is'
  ],
  [
    'of a publisher at another service',
    () => provenance({ signer: GITLAB }),
    'its issuer is https://gitlab.com'
  ],
  ['of a publisher without a name', () => provenance({}, { kind: 'GitHub' }), 'its repository is'],
  [
    'of another Google account',
    () =>
      provenance(
        { signer: { san: 'x@example.com', extensions: { 8: 'https://accounts.google.com' } } },
        { kind: 'Google', email: 'y@example.com' }
      ),
    'it is x@example.com'
  ],
  [
    'of no Google account',
    () =>
      provenance(
        { signer: { san: '', extensions: { 8: 'https://accounts.google.com' } } },
        { kind: 'Google' }
      ),
    ''
  ],
  [
    'whose provenance names another repository',
    () =>
      changed({
        predicateType: 'https://slsa.dev/provenance/v1',
        predicate: {
          buildDefinition: {
            externalParameters: { workflow: { repository: 'https://github.com/x/y' } }
          }
        }
      }),
    'says that https://github.com/x/y was built'
  ],
  [
    'of a foreign authority',
    () => provenance({ ca: newPair() }),
    'not signed by the authority that it names'
  ],
  [
    'in a foreign log',
    () => provenance({ log: newPair() }),
    'of a log that the trusted root does not have'
  ],
  [
    'signed by another key',
    () => provenance({ wrongKey: newPair().privateKey }),
    'signature verification failed'
  ],
  [
    'logged after its certificate',
    () => provenance({ loggedAt: new Date('2026-01-01T02:00:00Z') }),
    'its certificate counts from'
  ],
  [
    'that is empty',
    () => ({ version: 1, attestation_bundles: [{ publisher: PUBLISHER, attestations: [{}] }] }),
    'does not verify'
  ],
  [
    'that is a text',
    () => ({ version: 1, attestation_bundles: [{ publisher: PUBLISHER, attestations: ['x'] }] }),
    'does not verify'
  ]
]

describe('an attestation of a Python file is contradicted', () => {
  it.each(REFUSED)('%s', async (_what, entry, reason) => {
    const { outcome, detail, signer } = await observed(entry())

    expect(outcome).toBe('contradicted')
    expect(detail).toContain(reason)
    expect(signer).toBeUndefined()
  })
})

describe('a file of an index', () => {
  it.each<[string, Canned, readonly string[]]>([
    ['where the index says so', listed({ provenance: null }), ['attestation']],
    ['where the index says nothing of attestations', listed({}), []],
    ['where the index has no address for them', listed({ provenance: 'javascript:x' }), []],
    ['where the index has HTML', htmlPage(`<a href="/${WHEEL}#sha256=${hashOf('a')}">x</a>`), []]
  ])('has no attestation %s', async (_case, index, serves) => {
    const { answer } = await ask({ index })

    expect(answer).toMatchObject({ serves, observations: [{ outcome: 'absent' }] })
  })

  it('has the attestations that a page in HTML names', async () => {
    const link = `<a data-provenance="${PROVENANCE}" href="/${WHEEL}#sha256=${hashOf('a')}">x</a>`

    const { answer } = await ask({ index: htmlPage(link), answer: JSON.stringify(provenance()) })

    expect(answer).toMatchObject({
      serves: ['attestation'],
      observations: [{ outcome: 'verified' }]
    })
  })

  it('is unavailable when the index serves none of those that it names', async () => {
    expect((await ask({})).answer).toMatchObject({ observations: [{ outcome: 'unavailable' }] })
    const none = JSON.stringify({ version: 1, attestation_bundles: [] })
    expect((await ask({ answer: none })).answer).toMatchObject({
      observations: [{ outcome: 'unavailable' }]
    })
  })

  it.each([['<html>'], ['[]'], ['{"version":2,"attestation_bundles":[]}']])(
    'cannot be looked at when the index answers %s',
    async (answer) => {
      await expect(ask({ answer })).rejects.toThrow('they are no provenance of version 1')
    }
  )

  it('is unavailable when its publisher is of an unknown kind', async () => {
    expect(await observed(provenance({}, { kind: 'Unheard-of' }))).toMatchObject({
      outcome: 'unavailable',
      reason: 'the kind of a publisher is not known'
    })
  })

  it('is of nobody when the index does not know it', async () => {
    expect((await ask({ index: page([]) })).answer).toBeUndefined()
  })
})
