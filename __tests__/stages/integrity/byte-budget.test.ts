import { expect, it } from '@jest/globals'
import { ByteBudget, type Lease } from '../../../src/stages/integrity/byte-budget.ts'

/** Whether a lease is granted by now. */
async function isGranted(lease: Promise<Lease>): Promise<boolean> {
  return Promise.race([
    lease.then(() => true),
    new Promise<false>((done) => setImmediate(done, false))
  ])
}

it('grants what there is room for, in the order of asking', async () => {
  const budget = new ByteBudget(100)
  const first = await budget.acquire(60)
  const second = budget.acquire(60)
  const third = budget.acquire(10)

  expect(await isGranted(second)).toBe(false)
  expect(await isGranted(third)).toBe(false)
  first.release()
  expect(await isGranted(second)).toBe(true)
  expect(await isGranted(third)).toBe(true)
})

it('grants more than there is to one alone', async () => {
  const budget = new ByteBudget(100)
  const all = await budget.acquire(1000)
  const next = budget.acquire(1)

  expect(await isGranted(next)).toBe(false)
  all.release()
  expect(await isGranted(next)).toBe(true)
})

it('takes a lease back once only', async () => {
  const budget = new ByteBudget(100)
  const lease = await budget.acquire(100)
  lease.release()
  lease.release()
  await budget.acquire(100)

  expect(await isGranted(budget.acquire(1))).toBe(false)
})
