import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseChallenges } from '../../../src/services/oci-registry/challenge.ts'

describe('a challenge', () => {
  it.each([
    [
      'Bearer realm="https://auth.example/token",service="r.example",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.example/token',
            service: 'r.example',
            scope: 'repository:a/b:pull,push'
          }
        ]
      ]
    ],
    ['BASIC Realm="x"', [['basic', { realm: 'x' }]]],
    ['Basic realm=x', [['basic', { realm: 'x' }]]],
    ['Basic', [['basic', {}]]],
    [
      'Negotiate, Basic realm="a \\"b\\", c"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'a "b", c' }]
      ]
    ],
    [
      'Basic realm="1", Bearer realm = "2", service=s',
      [
        ['basic', { realm: '1' }],
        ['bearer', { realm: '2', service: 's' }]
      ]
    ],
    ['Bearer realm="1",realm="2"', [['bearer', { realm: '1' }]]],
    ['', []],
    ['"nonsense"', []]
  ])('%s is read', (header, expected) => {
    const read = parseChallenges(header).map(({ scheme, parameters }) => [
      scheme,
      Object.fromEntries(parameters)
    ])

    expect(read).toEqual(expected)
  })

  it('ends, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 100 }), (text) => {
        parseChallenges(text)
      })
    )
    const started = performance.now()
    parseChallenges('a="'.repeat(100_000))
    parseChallenges('a'.repeat(100_000))
    parseChallenges('a = '.repeat(100_000))

    expect(performance.now() - started).toBeLessThan(500)
  })
})
