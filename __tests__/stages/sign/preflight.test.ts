import { describe, expect, it } from '@jest/globals'
import { InputError, ServiceError } from '../../../src/model/errors.ts'
import type { Predicate } from '../../../src/model/predicate.ts'
import {
  assertUnhindered,
  hindrancesOf,
  type Preflight
} from '../../../src/stages/sign/preflight.ts'
import type { Hindrance } from '../../../src/stages/sign/signing.ts'
import { fakeHost } from '../../support/fake-host.ts'
import { runContext } from '../../support/run-context.ts'

const MIB = 1024 * 1024

/** A statement of so many bytes, which is never in memory as a whole. */
function predicate(bytes: number): Predicate {
  const piece = 'x'.repeat(MIB)
  return {
    kind: 'spdx',
    predicateType: 'https://spdx.dev/Document',
    chunks: () => Array.from({ length: bytes / MIB }, () => piece)
  }
}

function preflight(given: Partial<Preflight> = {}): Preflight {
  return {
    context: runContext(fakeHost()),
    way: 'keyless',
    instance: {
      trustedRoot: {},
      asOf: '2026-01-01',
      isPublic: false,
      rekor: { url: 'https://log.example', version: 1 }
    },
    forms: new Set(['referrer']),
    predicates: [],
    repositories: [],
    isSigning: true,
    ...given
  }
}

async function messages(given: Partial<Preflight>): Promise<string> {
  return (await hindrancesOf(preflight(given))).map(({ message }) => message).join('\n')
}

describe('before the first signature', () => {
  it('nothing is in the way of what is in order', async () => {
    expect(await hindrancesOf(preflight({ predicates: [predicate(16 * MIB)] }))).toEqual([])
  })

  it.each([
    [25 * MIB, ['referrer'], 1, 'the log takes'],
    [97 * MIB, ['referrer'], 2, 'cosign reads']
  ] as const)(
    'a statement of %s bytes is too large for some',
    async (bytes, forms, version, who) => {
      const { instance } = preflight()
      const rekor = { url: 'https://log.example', version } as const
      const given = { predicates: [predicate(bytes)], forms: new Set(forms) }

      expect(await messages({ ...given, instance: { ...instance, rekor } })).toContain(who)
    }
  )

  it.each([
    ['a log of version 2', { url: 'https://log.example', version: 2 } as const],
    ['no log', undefined]
  ])('the older form does not fit %s', async (what, rekor) => {
    const { instance } = preflight()
    const { rekor: _none, ...without } = instance
    const forms = new Set(['legacy'] as const)
    const given = { forms, instance: { ...without, ...(rekor && { rekor }) } }

    expect(await messages(given)).toContain(what)
  })

  it('nothing of this matters where all is signed, and only copied', async () => {
    const given = { predicates: [predicate(200 * MIB)], isSigning: false }

    expect(await messages(given)).toBe('')
  })
})

describe('what is in the way', () => {
  const permission: Hindrance = {
    message: 'no tokens',
    remedy: 'ask',
    permission: 'id-token: write'
  }
  const passing: Hindrance = { message: 'no answer', remedy: 'wait', passing: true }

  it('is told together, with the permissions to add', () => {
    expect(() => {
      assertUnhindered([permission, passing])
    }).toThrow(
      expect.objectContaining({
        code: 'PERMISSION_MISSING',
        message: 'Nothing was signed: (1) no tokens; (2) no answer',
        remedy: expect.stringContaining('`permissions:` with `id-token: write`')
      })
    )
  })

  it('is an error of a service when it may pass by itself', () => {
    expect(() => {
      assertUnhindered([passing])
    }).toThrow(ServiceError)
    expect(() => {
      assertUnhindered([{ message: 'x', remedy: 'y' }])
    }).toThrow(InputError)
  })

  it('is nothing where nothing is', () => {
    expect(() => {
      assertUnhindered([])
    }).not.toThrow()
  })
})
