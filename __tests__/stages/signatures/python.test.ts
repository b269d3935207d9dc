import { describe, expect, it } from '@jest/globals'
import type { LockedFile } from '../../../src/model/component.ts'
import type { Evidence } from '../../../src/model/evidence.ts'
import { pypiAttestationsBy } from '../../../src/services/pypi-index/attestations.ts'
import { verifySigned } from '../../../src/stages/signatures.ts'
import type { StageResult } from '../../../src/stages/stage.ts'
import { fakeHost, type Given } from '../../support/fake-host.ts'
import { demo, hashOf, jsonPage, lockedFile, PUBLIC } from '../../support/pypi-project.ts'
import { runContext } from '../../support/run-context.ts'
import { attestationOf, fileStatement } from '../../support/signed/pep740.ts'
import { workflowIdentity } from '../../support/signed/provenance.ts'
import { newSigstore } from '../../support/signed/sigstore.ts'

const SIGSTORE = newSigstore()
const TRUST = { trustedRoot: SIGSTORE.trustedRoot, keys: [], asOf: '2026-06-01' }
const SOURCE = pypiAttestationsBy(() => Promise.resolve(TRUST))
const WHEEL = 'demo-1.0-py3-none-any.whl'
const SDIST = 'demo-1.0.tar.gz'
const FILES = { [WHEEL]: 'a', [SDIST]: 'b' }
const LOCKED = Object.entries(FILES).map(([name, hash]) =>
  lockedFile({ name, hash }, 'poetry.lock')
)

function url(name: string): string {
  return `https://registry.example/provenance/${name}`
}

/** The index, with attestations of all its files or without a word of any. */
function indexed(attests: boolean): Given {
  const files = Object.entries(FILES).map(([filename, hash]) => ({
    filename,
    url: `https://files.registry.example/${filename}`,
    hashes: { sha256: hashOf(hash) },
    provenance: url(filename)
  }))
  const headers = { 'content-type': 'application/vnd.pypi.simple.v1+json' }
  const body = Buffer.from(JSON.stringify({ meta: { 'api-version': '1.3' }, files }))
  const attested = Object.entries(FILES).map(([name, hash]) => {
    const signer = workflowIdentity({ repository: 'https://github.com/octo/demo' })
    const statement = fileStatement({ name, sha256: hashOf(hash) })
    const publisher = { kind: 'GitHub', repository: 'octo/demo', workflow: 'release.yml' }
    const attestations = [attestationOf(SIGSTORE, { statement, signer })]
    const answer = { version: 1, attestation_bundles: [{ publisher, attestations }] }
    return [url(name), JSON.stringify(answer)] as const
  })
  const index = attests ? { body, headers } : jsonPage(FILES)
  return { responses: { [`${PUBLIC}demo/`]: index, ...Object.fromEntries(attested) } }
}

/** What `integrity` says of a file that it read. */
function read({ name, digests }: LockedFile): Evidence {
  const [observed] = digests
  return {
    subject: demo([]).purl,
    kind: 'digest',
    outcome: 'verified',
    source: 'https://files.registry.example/',
    ...(name !== undefined && { file: name }),
    ...(observed && { observed }),
    observedAt: '2026-01-02T03:04:05Z',
    detail: 'read'
  }
}

function verify(
  files: readonly LockedFile[],
  given: { readonly evidence?: readonly Evidence[]; readonly attests?: boolean } = {}
): Promise<StageResult<undefined>> {
  const { evidence = [], attests = true } = given
  const report = {
    stage: 'integrity',
    title: '',
    status: 'completed' as const,
    durationMs: 0,
    findings: [],
    evidence,
    stats: {}
  }
  const context = { ...runContext(fakeHost(indexed(attests))), reports: [report] }
  const found = { components: [demo(files)], gaps: [], lockfiles: [] }
  return verifySigned(context, { found, publishers: [] }, [SOURCE])
}

describe('attestations of Python files', () => {
  it('are those of the file that was read', async () => {
    const result = await verify(LOCKED, { evidence: LOCKED.slice(1).map(read) })

    expect(result.findings).toEqual([])
    expect(result.evidence).toMatchObject([
      {
        kind: 'attestation',
        outcome: 'verified',
        file: SDIST,
        observed: { algorithm: 'sha256', hex: hashOf('b') },
        detail: expect.stringMatching(/, over the bytes read$/) as unknown
      }
    ])
  })

  it('are those of one file where none was read, and say so', async () => {
    expect((await verify(LOCKED)).evidence).toMatchObject([
      {
        file: WHEEL,
        outcome: 'verified',
        detail: expect.stringMatching(/bytes not read/) as unknown
      }
    ])
  })

  it('are found by the hash where the lock has no names', async () => {
    const bare = LOCKED.map(({ name: _name, ...file }) => file)

    const result = await verify(bare, { evidence: bare.slice(1).map(read) })

    expect(result.evidence).toMatchObject([{ outcome: 'verified', observed: { hex: hashOf('b') } }])
  })

  it('are reported once where the index strips them', async () => {
    const result = await verify(LOCKED, { attests: false })

    expect(result.evidence).toMatchObject([
      {
        subject: PUBLIC,
        kind: 'attestation',
        outcome: 'unavailable',
        detail: 'no version of 1 PyPI package has an attestation here'
      }
    ])
    expect(result.findings?.map(({ rule }) => rule.id)).toEqual(['signatures/registry-serves-none'])
  })
})
