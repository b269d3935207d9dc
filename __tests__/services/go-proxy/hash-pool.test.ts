import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { h1OfModuleZip } from '../../../src/formats/go-dirhash.ts'
import { type HashPool, hashPool, workerScript } from '../../../src/services/go-proxy/hash-pool.ts'
import { zipOf } from '../../support/module-zip.ts'

const FOLDER = join(import.meta.dirname, '../../../src/services/go-proxy')

/** Node runs it as it stands: types are only blanks to it. */
const SCRIPT = join(FOLDER, 'go-hash.worker.ts')

const PREFIX = 'a.example/b@v1.0.0/'

/** Large enough for a thread of its own at once. */
const LARGE = zipOf([{ name: `${PREFIX}data`, data: randomBytes(5 * 1024 * 1024) }])
const SMALL = zipOf([{ name: `${PREFIX}data`, data: 'small' }])

/** A copy that may change hands. */
function own(zip: Buffer): Uint8Array {
  return Uint8Array.from(zip)
}

const pools: HashPool[] = []

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function poolOf(options: Parameters<typeof hashPool>[0]): HashPool {
  const made = hashPool(options)
  pools.push(made)
  return made
}

describe('a pool', () => {
  it('gives what is computed without it, on threads and here', async () => {
    const onThreads = poolOf({ script: SCRIPT, threads: 2 })
    const zips = [LARGE, SMALL, LARGE, LARGE, SMALL]

    const digests = await Promise.all(zips.map((zip) => onThreads.h1(own(zip), PREFIX)))

    expect(digests).toEqual(zips.map((zip) => h1OfModuleZip(zip, PREFIX)))
  })

  it('takes no more of the memory than the zip', async () => {
    const shared = new Uint8Array(LARGE.length + 1)
    shared.set(LARGE)

    await poolOf({ script: SCRIPT, threads: 1 }).h1(shared.subarray(0, LARGE.length), PREFIX)

    expect(shared).toHaveLength(LARGE.length + 1)
  })

  it.each([
    ['on a thread', LARGE],
    ['here', SMALL]
  ])('says why a zip is none: %s', async (_title, zip) => {
    const hashes = poolOf({ script: SCRIPT, threads: 1 })

    await expect(hashes.h1(own(zip), 'other.example@v1.0.0/')).rejects.toMatchObject({
      name: 'ServiceError',
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining('lies outside of the module'),
      reason: expect.stringContaining('lies outside of the module')
    })
    await expect(hashes.h1(own(zip), PREFIX)).resolves.toEqual(h1OfModuleZip(zip, PREFIX))
  })

  it('hashes here when its threads cannot run', async () => {
    const faults: string[] = []
    const script = join(FOLDER, 'there-is-none.js')
    const broken = poolOf({ script, threads: 2, onFault: (fault) => faults.push(fault) })

    const digests = await Promise.all(
      [LARGE, LARGE, LARGE].map((zip) => broken.h1(own(zip), PREFIX))
    )

    expect(new Set(digests.map(({ hex }) => hex)).size).toBe(1)
    expect(faults.join()).toContain('Cannot find module')
  })

  it('cancels what is under way when it is closed', async () => {
    const closing = poolOf({ script: SCRIPT, threads: 1 })
    const answers = [LARGE, LARGE].map((zip) => closing.h1(own(zip), PREFIX))

    const settled = Promise.allSettled(answers)
    await closing.close()

    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(closing.h1(LARGE, PREFIX)).resolves.toBeDefined()
  })
})

it('has no script when it runs from source', () => {
  expect(workerScript()).toBeUndefined()
})
