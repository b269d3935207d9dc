import { expect, it } from '@jest/globals'
import type { OciRepository } from '../../src/services/oci-registry.ts'
import type { Attached } from '../../src/stages/verify/attached.ts'
import { readAttached } from '../../src/stages/verify/attached-bytes.ts'
import { fakeHost } from '../support/fake-host.ts'
import { runContext } from '../support/run-context.ts'

const MIB = 1024 * 1024

function attached(origin: string, size: number): Attached {
  const digest = `sha256:${'0'.repeat(64)}`
  return { origin, source: '', form: 'bundle', layer: { mediaType: 'x', digest, size } }
}

function look(blob: OciRepository['blob']): Parameters<typeof readAttached>[0] {
  return {
    context: runContext(fakeHost()),
    repository: { blob } as unknown as OciRepository,
    subject: { name: 'o/app', digest: { algorithm: 'sha256', hex: '' } }
  }
}

const found = look(() => Promise.resolve({ kind: 'found', bytes: Buffer.from('{}') }))

it('reads the smallest first, as far as there is room, and tells what is left', async () => {
  const all = [attached('huge', 65 * MIB), attached('b', 20 * MIB), attached('a', 3 * MIB)]
  const budget = { left: 10 * MIB }

  const { candidates, blind } = await readAttached(found, all, budget)

  expect(candidates).toEqual([{ origin: 'a', source: '', bundle: {} }])
  expect(blind).toEqual([{ place: 'the rest of what is attached', reason: '2 more, or too large' }])
  expect(budget.left).toBe(7 * MIB)
})

it('reads so many, and tells that there are more', async () => {
  const all = Array.from({ length: 205 }, (_, at) => attached(`${at}`, at))

  const { candidates, blind } = await readAttached(found, all, { left: MIB })

  expect([candidates.length, blind.map(({ reason }) => reason)]).toEqual([
    200,
    ['5 more, or too large']
  ])
})

it('keeps what was read when one of them cannot be', async () => {
  const broken = look(({ size }) =>
    size === 1
      ? Promise.reject(new Error('no connection'))
      : Promise.resolve(size === 2 ? undefined : { kind: 'found', bytes: Buffer.from('7') })
  )

  const all = [attached('a', 1), attached('b', 2), attached('c', 3)]
  const { candidates, blind } = await readAttached(broken, all, { left: MIB })

  expect(candidates.map(({ bundle }) => bundle)).toEqual([
    'the registry does not have its bytes',
    'it is no JSON object'
  ])
  expect(blind).toMatchObject([{ place: 'a', reason: expect.stringContaining('no connection') }])
})
