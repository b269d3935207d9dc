import { createHash } from 'node:crypto'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { statementIn } from '../../../src/formats/in-toto.ts'
import {
  parseMinisignSignature,
  signedFileName,
  verifyMinisign
} from '../../../src/formats/minisign.ts'
import type { FileSubject } from '../../../src/model/subject.ts'
import { minisignSecretOf } from '../../../src/services/minisign-key.ts'
import { signFiles } from '../../../src/stages/sign/files.ts'
import type { SignedSet } from '../../../src/stages/sign/signing.ts'
import {
  type BenchOptions,
  type FileBench,
  fileBench,
  predicateOf
} from '../../support/file-signing.ts'
import { type EmbeddedSigstore, startSigstore } from '../../support/services/sigstore/sigstore.ts'

const SPDX = predicateOf('spdx', 'https://spdx.dev/Document', { spdxVersion: 'SPDX-2.3' })
const VERDICT = predicateOf('verdict', 'https://slsa.dev/verification_summary/v1', { n: 1 })

// Machines that test much at once take their time.
jest.setTimeout(30_000)

let sigstore: EmbeddedSigstore
const benches: FileBench[] = []

beforeAll(async () => {
  sigstore = await startSigstore()
})

afterAll(() => sigstore.close())

afterEach(() => {
  sigstore.behave()
  for (const { remove } of benches.splice(0)) remove()
})

function bench(options: BenchOptions = {}): FileBench {
  const made = fileBench(sigstore, options)
  benches.push(made)
  return made
}

function listed(name: string): FileSubject {
  const hex = createHash('sha512').update(name).digest('hex')
  return { subject: { name, digest: { algorithm: 'sha512', hex } } }
}

/** What became of everything, in few words. */
function outcomes({ subjects }: SignedSet): readonly string[] {
  return subjects.flatMap(({ given, kept }) =>
    kept.map(({ says, form, outcome, source, before }) =>
      [given, says, form, outcome, source, ...(before ? ['before'] : [])].join(' ')
    )
  )
}

function subjectsIn(text: string): readonly string[] {
  const { dsseEnvelope } = JSON.parse(text) as { dsseEnvelope: { payload: string } }
  const statement = statementIn(Buffer.from(dsseEnvelope.payload, 'base64'))
  if (typeof statement === 'string') throw new Error(statement)
  return statement.subjects.map(
    ({ name, digests }) => `${name} ${digests.map(({ algorithm }) => algorithm).join()}`
  )
}

describe.each([
  ['a certificate and the log of version 2', { rekor: 2 }],
  ['a certificate and the log of version 1', { rekor: 1 }],
  ['a key and the log of version 2', { rekor: 2, key: true }],
  ['a key and the log of version 1', { rekor: 1, key: true }]
] as const)('with %s', (_, options) => {
  it('signs the files, states everything about all of them, and reads it back', async () => {
    const { put, work, documents, read } = bench(options)
    const files = [put('dist/app.tar.gz', 'app'), put('dist/empty', ''), listed('elsewhere.zip')]

    const set = await signFiles(await work(files, { predicates: [SPDX, VERDICT] }))

    expect(outcomes(set)).toEqual([
      'dist/app.tar.gz signature file verified app.tar.gz.sigstore.json',
      'dist/app.tar.gz spdx file verified attestation-spdx.sigstore.json',
      'dist/app.tar.gz verdict file verified attestation-verdict.sigstore.json',
      'dist/empty signature file verified empty.sigstore.json',
      'dist/empty spdx file verified attestation-spdx.sigstore.json',
      'dist/empty verdict file verified attestation-verdict.sigstore.json',
      'elsewhere.zip spdx file verified attestation-spdx.sigstore.json',
      'elsewhere.zip verdict file verified attestation-verdict.sigstore.json'
    ])
    expect(documents()).toEqual([
      'app.tar.gz.sigstore.json',
      'attestation-spdx.sigstore.json',
      'attestation-verdict.sigstore.json',
      'attestations.sigstore.jsonl',
      'empty.sigstore.json'
    ])
    expect(subjectsIn(read('attestation-spdx.sigstore.json'))).toEqual([
      'dist/app.tar.gz sha256',
      'dist/empty sha256',
      'elsewhere.zip sha512'
    ])
    expect(read('attestations.sigstore.jsonl')).toBe(
      read('attestation-spdx.sigstore.json') + read('attestation-verdict.sigstore.json')
    )
    expect(set.subjects[0]?.kept[0]?.observed).toEqual({
      algorithm: 'sha256',
      hex: createHash('sha256').update(read('app.tar.gz.sigstore.json')).digest('hex')
    })
  })
})

it('asks for one certificate, however many files there are', async () => {
  const { put, work, documents } = bench({ rekor: 1 })
  const files = Array.from({ length: 12 }, (_, at) => put(`f/${at}.bin`, `content ${at}`))
  const before = sigstore.requests.length

  const set = await signFiles(await work(files, { predicates: [SPDX] }))

  const asked = sigstore.requests.slice(before).map(({ path }) => path)
  expect(asked.filter((path) => path.includes('signingCert'))).toHaveLength(1)
  expect(outcomes(set).filter((line) => !line.includes(' verified '))).toEqual([])
  expect(documents()).toHaveLength(14)
})

it('tells files of the same name in different folders apart', async () => {
  const { put, work, documents } = bench({ key: true })

  await signFiles(await work([put('linux/app', 'l'), put('mac/app', 'm')]))

  expect(documents()).toEqual(['linux-app.sigstore.json', 'mac-app.sigstore.json'])
})

it('splits what is stated about more files than a statement may name', async () => {
  const { work, documents, read } = bench({ key: true })
  const files = Array.from({ length: 1025 }, (_, at) => listed(`f${at}`))

  const set = await signFiles(await work(files, { predicates: [SPDX] }))

  expect(documents()).toEqual([
    'attestation-spdx-2.sigstore.json',
    'attestation-spdx.sigstore.json',
    'attestations.sigstore.jsonl'
  ])
  expect(subjectsIn(read('attestation-spdx.sigstore.json'))).toHaveLength(1024)
  expect(subjectsIn(read('attestation-spdx-2.sigstore.json'))).toEqual(['f1024 sha512'])
  expect(set.subjects[1024]?.kept.map(({ source }) => source)).toEqual([
    'attestation-spdx-2.sigstore.json'
  ])
})

it('signs with a key of minisign besides', async () => {
  const { put, work, read } = bench({ key: true })
  const path = join(import.meta.dirname, '../../fixtures/signing/minisign.key')
  const minisignKey = readFileSync(path, 'utf8')
  const minisign = await minisignSecretOf({ mode: 'auto', minisignKey })
  if (minisign === undefined) throw new Error('No key')

  const set = await signFiles(await work([put('dist/app.zip', 'app')], { minisign }))

  expect(outcomes(set)).toEqual([
    'dist/app.zip signature file verified app.zip.sigstore.json',
    'dist/app.zip signature minisign verified app.zip.minisig'
  ])
  const signature = parseMinisignSignature(read('app.zip.minisig'))
  if (typeof signature === 'string') throw new Error(signature)
  const message = createHash('blake2b512').update('app').digest()
  expect(verifyMinisign({ key: minisign.key, signature, message })).toBeUndefined()
  expect(signedFileName(signature)).toBe('app.zip')
})

it('keeps what is there already, when it is by us and about the same bytes', async () => {
  const { put, work, read, documents } = bench()
  const files = [put('a', 'a'), put('b', 'b')]
  await signFiles(await work(files, { predicates: [SPDX] }))
  const texts = documents().map(read)
  writeFileSync(join(benches[0]?.out ?? '', 'b.sigstore.json'), read('a.sigstore.json'))

  const again = await signFiles(await work(files, { predicates: [SPDX] }))

  expect(outcomes(again)).toEqual([
    'a signature file verified a.sigstore.json before',
    'a spdx file verified attestation-spdx.sigstore.json before',
    'b signature file verified b.sigstore.json',
    'b spdx file verified attestation-spdx.sigstore.json before'
  ])
  expect(
    documents()
      .map(read)
      .filter((text, at) => text !== texts[at])
  ).toHaveLength(1)
})

describe('what is not what it was', () => {
  it('is not signed when the file has changed since it was hashed', async () => {
    const { put, work, documents } = bench({ key: true })
    const files = [put('a', 'as it was hashed'), put('b', 'b')]
    put('a', 'as it is now')

    const set = await signFiles(await work(files))

    expect(outcomes(set)).toEqual([
      'a signature file contradicted a.sigstore.json',
      'b signature file verified b.sigstore.json'
    ])
    expect(set.subjects[0]?.kept[0]?.detail).toContain('other bytes than when it was hashed')
    expect(documents()).toEqual(['b.sigstore.json'])
  })

  it('is not signed when the file is gone', async () => {
    const { work } = bench({ key: true })
    const { subject } = listed('x')

    const set = await signFiles(await work([{ subject, path: 'gone' }]))

    expect(set.subjects[0]?.kept[0]).toMatchObject({ outcome: 'unavailable', form: 'file' })
  })

  it.each([
    ['a.sigstore.json', 'signature'],
    ['attestation-spdx.sigstore.json', 'spdx'],
    ['attestations.sigstore.jsonl', 'spdx']
  ])('is contradicted when the disk gives another %s back', async (document, says) => {
    const { put, work, host } = bench({ key: true })
    const given = await work([put('a', 'a')], { predicates: [SPDX] })
    const lying = {
      ...host,
      readBack: (name: string, maxBytes: number) => {
        const text = host.readBack(name, maxBytes)
        return name === document ? text?.replace('"', ' "').replace('A', 'B') : text
      }
    }

    const set = await signFiles({ ...given, context: { ...given.context, host: lying } })

    const wrong = outcomes(set).filter((line) => !line.includes(' verified '))
    expect(wrong).toEqual([`a ${says} file contradicted ${document}`])
  })
})

it('passes over what somebody has put there to be taken for a document of ours', async () => {
  const { put, work, out, documents, read } = bench({ key: true })
  await signFiles(await work([put('first', 'x')]))
  writeFileSync(join(out, 'a.sigstore.json'), 'x'.repeat(10_000_000))
  writeFileSync(join(out, 'attestation-spdx.sigstore.json'), '{"__proto__": {}}')
  writeFileSync(join(out, 'secret'), 'must stay')
  symlinkSync(join(out, 'secret'), join(out, 'b.sigstore.json'))

  const set = await signFiles(await work([put('a', 'a'), put('b', 'b')], { predicates: [SPDX] }))

  expect(outcomes(set).filter((line) => !line.includes(' verified '))).toEqual([])
  expect(outcomes(set).filter((line) => line.endsWith(' before'))).toEqual([])
  expect(read('secret')).toBe('must stay')
  expect(documents()).toContain('b.sigstore.json')
})

it('goes on with the others when a service refuses one, and says so', async () => {
  const { put, work } = bench({ rekor: 1 })
  const given = await work([put('a', 'a'), put('b', 'b')], { predicates: [SPDX] })
  sigstore.fault('rekorV1', { kind: 'status', status: 400, times: 1 })

  const set = await signFiles(given)

  const failed = set.subjects.flatMap(({ kept }) =>
    kept.filter(({ outcome }) => outcome !== 'verified')
  )
  expect(outcomes(set)).toHaveLength(4)
  expect(failed).toHaveLength(1)
  expect(failed[0]?.detail).toContain('400')
  expect(failed[0]?.remedy).toBeDefined()
})

it('ends when the run is ended', async () => {
  const { put, work } = bench({ key: true })
  const given = await work([put('a', 'a')])
  const context = { ...given.context, signal: AbortSignal.abort() }

  await expect(signFiles({ ...given, context })).rejects.toThrow(
    expect.objectContaining({ code: 'CANCELLED' })
  )
})

it('does nothing where signatures of files are not asked for', async () => {
  const { put, work } = bench({ key: true })

  const set = await signFiles(
    await work([put('a', 'a')], { predicates: [SPDX], forms: new Set(['referrer']) })
  )

  expect(outcomes(set)).toEqual([])
})
