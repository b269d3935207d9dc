import { describe, expect, it } from '@jest/globals'
import type { LockedFile } from '../../../src/model/component.ts'
import type { Digest } from '../../../src/model/digest.ts'
import type { Evidence } from '../../../src/model/evidence.ts'
import { ServiceError } from '../../../src/model/errors.ts'
import { goProxy } from '../../../src/services/go-proxy.ts'
import type { RegistryClient } from '../../../src/services/registry.ts'
import { testKey, testLog } from '../../support/checksum-log.ts'
import { fakeHost, type FakeHost } from '../../support/fake-host.ts'
import {
  base64,
  componentOf,
  h1Of,
  lockedFile,
  recordOf,
  type Responses,
  testDatabase,
  testModule
} from '../../support/go-registry.ts'

const [FIRST, SECOND] = [testModule('a.example/Upper/b', 'v1.2.3'), testModule('b.example')]
const DATABASE = testDatabase([FIRST, SECOND])

/** Records in the log: two modules and six hundred others. */
const SIZE = 602

const PROXY = 'https://proxy.example'
const BASE = `${PROXY}/sumdb/sumdb.example`
const LOOKUP = `${BASE}/lookup/a.example/!upper/b@v1.2.3`
const OTHER_LOOKUP = `${BASE}/lookup/b.example@v1.0.0`

const HONEST: Responses = { [`${BASE}/supported`]: '', ...DATABASE.responses(BASE, [SIZE]) }

const WRONG: Digest = { algorithm: 'h1', hex: '00'.repeat(32) }

interface Run {
  readonly client: RegistryClient
  readonly host: FakeHost
}

function run(responses: Responses, env: Readonly<Record<string, string>> = {}): Run {
  const host = fakeHost({
    responses,
    env: { GOPROXY: PROXY, GOSUMDB: DATABASE.key.verifier, ...env }
  })
  const signal = new AbortController().signal
  return {
    host,
    client: goProxy.connect({ host, signal, goChecksumDatabase: true, lockfiles: [] })
  }
}

async function proofOf(
  { client }: Run,
  file: LockedFile = lockedFile(FIRST, 'zip'),
  observed: readonly Digest[] = [h1Of(FIRST, 'zip')]
): Promise<Evidence> {
  const [evidence, ...more] = (await client.prove?.(componentOf(FIRST), file, observed)) ?? []
  if (!evidence || more.length > 0) throw new Error('expected one evidence')
  return evidence
}

function proofOfSecond({ client }: Run): Promise<readonly Evidence[] | undefined> {
  const file = lockedFile(SECOND, 'go.mod')
  return client.prove?.(componentOf(SECOND), file, file.digests) ?? Promise.resolve(undefined)
}

describe('an honest database', () => {
  it.each(['zip', 'go.mod'] as const)('proves the %s', async (kind) => {
    const file = lockedFile(FIRST, kind)

    expect(await proofOf(run(HONEST), file, file.digests)).toEqual({
      subject: 'pkg:golang/a.example/upper/b@v1.2.3',
      kind: 'inclusion-proof',
      outcome: 'verified',
      source: LOOKUP,
      file: file.name,
      observed: h1Of(FIRST, kind),
      observedAt: '2026-01-02T03:04:05Z',
      detail: `sumdb.example records h1:${base64(h1Of(FIRST, kind))}, in record 100 of its signed tree of ${SIZE}`
    })
  })

  it('is asked once for a module, and once for each tile', async () => {
    const honest = run(HONEST)

    await Promise.all([
      proofOf(honest),
      proofOf(honest, lockedFile(FIRST, 'go.mod'), [h1Of(FIRST, 'go.mod')])
    ])
    await proofOfSecond(honest)

    const urls = honest.host.requests.map(({ url }) => url)
    expect(new Set(urls).size).toBe(urls.length)
    expect(urls.map((url) => url.slice(BASE.length)).sort()).toEqual([
      '/lookup/a.example/!upper/b@v1.2.3',
      '/lookup/b.example@v1.0.0',
      '/supported',
      '/tile/8/0/000',
      '/tile/8/0/002.p/90',
      '/tile/8/1/000.p/2'
    ])
  })

  it('proves the record when the bytes could not be read, and says nothing without either', async () => {
    expect(await proofOf(run(HONEST), lockedFile(FIRST, 'zip'), [])).toMatchObject({
      outcome: 'verified'
    })
    expect(
      await proofOf(run(HONEST), { ...lockedFile(FIRST, 'zip'), digests: [] }, [])
    ).toMatchObject({ outcome: 'unavailable' })
  })

  it.each([
    [SIZE, 300],
    [300, SIZE],
    [512, 202],
    [250, 512],
    [256, 257],
    [SIZE, SIZE]
  ])('may answer with a head of %i first, then of %i', async (first, second) => {
    const both = run({
      [`${BASE}/supported`]: '',
      ...DATABASE.responses(BASE, [first, second]),
      [OTHER_LOOKUP]: DATABASE.answer(201, second)
    })

    expect(await proofOf(both)).toMatchObject({ outcome: 'verified' })
    expect(await proofOfSecond(both)).toMatchObject([{ outcome: 'verified' }])
  })

  it('may have only the full tile of what was a partial one', async () => {
    const { [`${BASE}/tile/8/0/002.p/90`]: _gone, ...responses } = HONEST
    const later = testLog([...DATABASE.log.records, ...DATABASE.log.records])
    const full = { body: later.tile(0, 2, 256) }

    const evidence = await proofOf(run({ ...responses, [`${BASE}/tile/8/0/002`]: full }))

    expect(evidence).toMatchObject({ outcome: 'verified' })
  })
})

describe('an altered answer is contradicted', () => {
  const record = recordOf(FIRST)
  const evil = testDatabase([testModule('a.example/Upper/b', 'v1.2.3')])

  const altered = record.replace(base64(h1Of(FIRST, 'zip')), base64(WRONG))
  const note = DATABASE.key.sign(DATABASE.log.head(SIZE))

  it.each<readonly [string, Responses, string]>([
    [
      'a record that was changed',
      { [LOOKUP]: `100\n${altered}\n${note}` },
      'is not in the signed tree'
    ],
    [
      'another place in the log',
      { [LOOKUP]: `99\n${record}\n${note}` },
      'is not in the signed tree'
    ],
    ['a place behind the end', { [LOOKUP]: `${SIZE}\n${record}\n${note}` }, 'behind the end'],
    [
      'a head that was changed',
      { [LOOKUP]: `100\n${record}\n${note.replace(`\n${SIZE}\n`, '\n603\n')}` },
      'does not match'
    ],
    [
      'a head of another key',
      { [LOOKUP]: `100\n${record}\n${testKey('sumdb.example').sign(DATABASE.log.head(SIZE))}` },
      'is not signed by'
    ],
    [
      'a head of another name',
      { [LOOKUP]: `100\n${record}\n${testKey('evil.example').sign(DATABASE.log.head(SIZE))}` },
      'is not signed by'
    ],
    ['a log of another key', evil.responses(BASE, [601]), 'is not signed by'],
    [
      'something signed that is no head',
      { [LOOKUP]: `100\n${record}\n${DATABASE.key.sign('other text\n')}` },
      'no tree head'
    ],
    [
      'the answer for another module',
      { [LOOKUP]: DATABASE.answer(201, SIZE) },
      'is the record of something else: "b.example v1.0.0 '
    ],
    [
      'an older head, too old for the record',
      { [LOOKUP]: DATABASE.answer(100, 100) },
      'behind the end'
    ],
    [
      'a tile that was changed',
      { [`${BASE}/tile/8/0/000`]: { body: DATABASE.log.tile(0, 1, 256) } },
      'is not in the signed tree'
    ],
    [
      'a partial tile that was changed',
      { [`${BASE}/tile/8/0/002.p/90`]: { body: Buffer.alloc(90 * 32) } },
      'is not in the signed tree'
    ]
  ])('%s', async (_title, responses, reason) => {
    expect(await proofOf(run({ ...HONEST, ...responses }))).toMatchObject({
      outcome: 'contradicted',
      source: LOOKUP,
      detail: expect.stringMatching(/^sumdb\.example: /)
    })
    expect((await proofOf(run({ ...HONEST, ...responses }))).detail).toContain(reason)
  })

  it('of which the key signed two histories', async () => {
    const forked = testLog(DATABASE.log.records.with(7, 'forged\n'))
    const answer = `201\n${recordOf(SECOND)}\n${DATABASE.key.sign(forked.head(400))}`
    const split = run({ ...HONEST, [OTHER_LOOKUP]: answer })

    expect(await proofOf(split)).toMatchObject({ outcome: 'verified' })
    expect(await proofOfSecond(split)).toMatchObject([
      { outcome: 'contradicted', detail: expect.stringContaining('contradict each other') }
    ])
  })

  it('of two heads of one size', async () => {
    const forked = testLog(DATABASE.log.records.with(7, 'forged\n'))
    const answer = `201\n${recordOf(SECOND)}\n${DATABASE.key.sign(forked.head(SIZE))}`
    const split = run({ ...HONEST, [OTHER_LOOKUP]: answer })

    const outcomes = await Promise.all([proofOf(split), proofOfSecond(split)])

    expect(new Set(outcomes.flat().map((evidence) => evidence?.outcome))).toEqual(
      new Set(['contradicted', 'verified'])
    )
  })

  it('does not spoil the answers beside it', async () => {
    const mixed = run({ ...HONEST, [LOOKUP]: `100\n${altered}\n${note}` })

    expect(await proofOf(mixed)).toMatchObject({ outcome: 'contradicted' })
    expect(await proofOfSecond(mixed)).toMatchObject([{ outcome: 'verified' }])
  })
})

describe('other bytes than the log has', () => {
  it('are contradicted, whatever go.sum says', async () => {
    const file = lockedFile(FIRST, 'zip', WRONG)

    expect(await proofOf(run(HONEST), file, [WRONG])).toMatchObject({
      outcome: 'contradicted',
      observed: h1Of(FIRST, 'zip'),
      detail: `sumdb.example records h1:${base64(h1Of(FIRST, 'zip'))}, the bytes read are h1:${base64(WRONG)}`
    })
  })

  it('are contradicted in go.sum, even though the proxy serves the right ones', async () => {
    expect(await proofOf(run(HONEST), lockedFile(FIRST, 'zip', WRONG))).toMatchObject({
      outcome: 'contradicted',
      detail: expect.stringContaining(`go.sum promises h1:${base64(WRONG)}`)
    })
  })

  it('are contradicted where the hash of the other file is passed off', async () => {
    const digest = h1Of(FIRST, 'go.mod')

    expect(await proofOf(run(HONEST), lockedFile(FIRST, 'zip', digest), [digest])).toMatchObject({
      outcome: 'contradicted'
    })
  })
})

describe('what could not be looked at is unavailable', () => {
  const down = new ServiceError({
    code: 'SERVICE_UNREACHABLE',
    message: 'no route',
    remedy: 'none'
  })

  it.each<readonly [string, Responses, string]>([
    ['no such record', { [LOOKUP]: { status: 404 } }, 'has no record of a.example/Upper/b v1.2.3'],
    ['no answer', { [LOOKUP]: down }, 'no route'],
    ['a page', { [LOOKUP]: '<html>\n\n</html>\n' }, 'is no record'],
    ['a record without a note', { [LOOKUP]: `100\n${recordOf(FIRST)}\nx\n` }, 'is no record'],
    ['an endless answer', { [LOOKUP]: '1\n'.repeat(200_000) }, LOOKUP],
    ['no tile', { [`${BASE}/tile/8/0/000`]: { status: 404 } }, 'there is none'],
    ['half a tile', { [`${BASE}/tile/8/0/000`]: { body: Buffer.alloc(100) } }, 'found 100 bytes'],
    ['no word of the proxy', { [`${BASE}/supported`]: down }, 'no route']
  ])('%s', async (_title, responses, reason) => {
    expect(await proofOf(run({ ...HONEST, ...responses }))).toMatchObject({
      outcome: 'unavailable',
      detail: expect.stringContaining(reason)
    })
  })

  it.each([
    ['GOSUMDB', 'off'],
    ['GONOSUMDB', 'a.example'],
    ['GOPRIVATE', 'a.example/*']
  ])('because of %s=%s', async (name, value) => {
    const told = run(HONEST, { [name]: value })

    expect(await proofOf(told)).toMatchObject({
      outcome: 'unavailable',
      detail: expect.stringContaining(name)
    })
    expect(told.host.requests).toEqual([])
  })

  it('says nothing at all when it was told not to look', async () => {
    const { host } = run(HONEST)
    const signal = new AbortController().signal
    const client = goProxy.connect({ host, signal, goChecksumDatabase: false, lockfiles: [] })

    expect(await client.prove?.(componentOf(FIRST), lockedFile(FIRST, 'zip'), [])).toEqual([])
  })
})

describe('the way to the database', () => {
  const direct = 'https://sumdb.example'
  const everywhere: Responses = {
    ...DATABASE.responses(direct, [SIZE]),
    ...DATABASE.responses(BASE, [SIZE]),
    ...DATABASE.responses('https://mirror.example/db', [SIZE])
  }
  const down = new ServiceError({
    code: 'SERVICE_UNREACHABLE',
    message: 'no route',
    remedy: 'none'
  })
  const two = 'https://two.example/sumdb/sumdb.example'

  it.each<readonly [string, string, Responses, string]>([
    ['leads through a proxy that serves it', PROXY, { [`${BASE}/supported`]: '' }, BASE],
    ['leads past a proxy that does not', PROXY, {}, direct],
    ['leads past none that is direct', 'direct', {}, direct],
    ['leads past none that is off', 'off', {}, direct],
    [
      'leads through the second',
      `${PROXY},https://two.example`,
      { [`${two}/supported`]: '', ...DATABASE.responses(two, [SIZE]) },
      two
    ],
    ['leads past a failure before |', `${PROXY}|direct`, { [`${BASE}/supported`]: down }, direct],
    ['leads past a folder', `file:///proxy,${PROXY}`, { [`${BASE}/supported`]: '' }, BASE]
  ])('%s', async (_title, GOPROXY, responses, base) => {
    const evidence = await proofOf(run({ ...everywhere, ...responses }, { GOPROXY }))

    expect(evidence).toMatchObject({
      outcome: 'verified',
      source: `${base}/lookup/a.example/!upper/b@v1.2.3`
    })
  })

  it('ends at a proxy that fails, and never leads around it', async () => {
    for (const GOPROXY of [PROXY, `${PROXY},direct`, `${PROXY}|${PROXY}`]) {
      const evidence = await proofOf(
        run({ ...everywhere, [`${BASE}/supported`]: down }, { GOPROXY })
      )

      expect(evidence).toMatchObject({ outcome: 'unavailable', detail: 'no route' })
    }
  })

  it('is what GOSUMDB says, without asking a proxy', async () => {
    const GOSUMDB = `${DATABASE.key.verifier} https://mirror.example/db`
    const told = run(everywhere, { GOSUMDB })

    expect(await proofOf(told)).toMatchObject({ outcome: 'verified' })
    expect(
      told.host.requests.every(({ url }) => url.startsWith('https://mirror.example/db/'))
    ).toBe(true)
  })

  it('takes the proxy’s credentials along', async () => {
    const told = run(
      { [`${BASE}/supported`]: '', ...everywhere },
      { GOPROXY: 'https://user:secret@proxy.example' }
    )

    await proofOf(told)

    const authorization = `Basic ${Buffer.from('user:secret').toString('base64')}`
    expect(new Set(told.host.requests.map((request) => request.authorization))).toEqual(
      new Set([authorization])
    )
  })
})
