import { describe, expect, it } from '@jest/globals'
import {
  chooseServices,
  type ServiceSelector,
  type SigningService,
  signingConfigOf
} from '../../src/formats/signing-config.ts'

const MEDIA_TYPE = 'application/vnd.dev.sigstore.signingconfig.v0.2+json'
const VALID = { start: '2025-01-01T00:00:00Z' }

function configOf(changes: object): object {
  return { mediaType: MEDIA_TYPE, ...changes }
}

function logAt(changes: object): object {
  const log = { url: 'https://log.example', majorApiVersion: 1, validFor: VALID, operator: 'a' }
  return configOf({ rekorTlogUrls: [{ ...log, ...changes }] })
}

describe('a signing configuration', () => {
  it('is read', () => {
    const ca = { majorApiVersion: 1, validFor: VALID, operator: 'sigstore.example' }
    const config = signingConfigOf(
      configOf({
        caUrls: [{ ...ca, url: 'https://ca.example/' }],
        oidcUrls: [{ ...ca, url: 'https://oidc.example' }],
        rekorTlogUrls: [
          { ...ca, url: 'https://log.example', majorApiVersion: 2 },
          { url: 'http://127.0.0.1:3000', validFor: { ...VALID, end: '2026-01-01T00:00:00Z' } }
        ],
        rekorTlogConfig: { selector: 'EXACT', count: 2 },
        tsaUrls: [{ ...ca, url: 'https://tsa.example/api/v1/timestamp' }],
        tsaConfig: { selector: 'ALL' }
      })
    )

    const from = Date.parse(VALID.start)
    const usual = { majorApiVersion: 1, from, until: Infinity, operator: 'sigstore.example' }
    expect(config).toEqual({
      authorities: [{ ...usual, url: 'https://ca.example' }],
      logs: [
        { ...usual, url: 'https://log.example', majorApiVersion: 2 },
        {
          url: 'http://127.0.0.1:3000',
          majorApiVersion: 0,
          from,
          until: Date.parse('2026-01-01T00:00:00Z'),
          operator: ''
        }
      ],
      logSelector: { kind: 'exact', count: 2 },
      timestampAuthorities: [{ ...usual, url: 'https://tsa.example/api/v1/timestamp' }],
      timestampSelector: { kind: 'all' }
    })
  })

  it('may have nothing in it', () => {
    expect(signingConfigOf(configOf({}))).toEqual({
      authorities: [],
      logs: [],
      logSelector: { kind: 'any' },
      timestampAuthorities: [],
      timestampSelector: { kind: 'any' }
    })
  })

  it.each([
    ['a list', [], 'found a list, expected an object'],
    ['another version', { mediaType: 'v0.1' }, 'found the media type "v0.1", expected'],
    ['no version', {}, 'found the media type none, expected'],
    ['no list', configOf({ caUrls: {} }), 'found an object as "caUrls", expected a list'],
    [
      'a service that is a text',
      configOf({ tsaUrls: ['https://tsa.example'] }),
      'expected an http or https URL as "url" in "tsaUrls[0]"'
    ],
    ['another protocol', logAt({ url: 'file:///etc/passwd' }), 'found no address'],
    ['a login in the address', logAt({ url: 'https://a:b@log.example' }), 'found no address'],
    ['a query in the address', logAt({ url: 'https://log.example/?a=b' }), 'found no address'],
    ['half a version', logAt({ majorApiVersion: 1.5 }), 'as "majorApiVersion"'],
    ['an operator that is none', logAt({ operator: 1 }), 'found a number as "operator"'],
    ['no start', logAt({ validFor: {} }), 'expected "validFor" with a start'],
    ['no validity', logAt({ validFor: undefined }), 'expected "validFor" with a start'],
    ['an end that is none', logAt({ validFor: { ...VALID, end: 'soon' } }), 'found no time'],
    [
      'another selector',
      configOf({ rekorTlogConfig: { selector: 'MOST' } }),
      'found the selector "MOST" in "rekorTlogConfig"'
    ],
    [
      'no count',
      configOf({ tsaConfig: { selector: 'EXACT' } }),
      'found no count beside EXACT in "tsaConfig"'
    ],
    [
      'a count of nothing',
      configOf({ tsaConfig: { selector: 'EXACT', count: 0 } }),
      'found no count'
    ],
    [
      'more services than anybody has',
      configOf({ caUrls: Array.from({ length: 33 }, () => ({})) }),
      'found 33 services in "caUrls"'
    ]
  ])('is refused with %s', (_what, value, message) => {
    expect(signingConfigOf(value)).toContain(message)
  })
})

const NOW = Date.parse('2026-06-01T00:00:00Z')
const DAY = 86_400_000

function service(url: string, changes: Partial<SigningService> = {}): SigningService {
  return {
    url,
    majorApiVersion: 1,
    from: NOW - DAY,
    until: Infinity,
    operator: url,
    ...changes
  }
}

const ANY: ServiceSelector = { kind: 'any' }
const ALL: ServiceSelector = { kind: 'all' }

function chosen(
  services: readonly SigningService[],
  selector: ServiceSelector,
  versions: readonly number[] = [1, 2]
): readonly string[] | string {
  const found = chooseServices(services, { selector, versions, now: NOW })
  return typeof found === 'string' ? found : found.map(({ url }) => url)
}

describe('a choice of services', () => {
  const old = service('old', { from: NOW - 9 * DAY })
  const ended = service('ended', { until: NOW - 1 })
  const coming = service('coming', { from: NOW + 1 })
  const second = service('second', { majorApiVersion: 2, from: NOW - 5 * DAY })
  const third = service('third', { majorApiVersion: 3 })

  it.each<[string, readonly string[], readonly SigningService[], ServiceSelector]>([
    ['the newest', ['new'], [old, service('new')], ANY],
    ['no one that has ended', ['old'], [ended, old], ANY],
    ['no one that begins later', ['old'], [coming, old], ANY],
    ['one that begins now', ['now'], [service('now', { from: NOW })], ANY],
    ['one that ends now', ['last'], [service('last', { until: NOW })], ANY],
    ['the newest version, however old', ['second'], [old, second, service('new')], ANY],
    ['no version that we do not speak', ['old'], [third, old], ANY],
    ['none at all, where none fits', [], [ended, coming, third], ANY],
    ['all', ['second', 'new', 'old'], [old, second, service('new')], ALL],
    [
      'one of each operator, the newest',
      ['b', 'c'],
      [
        service('a', { operator: 'x', from: NOW - 3 * DAY }),
        service('b', { operator: 'x' }),
        service('c', { operator: 'y', from: NOW - 2 * DAY })
      ],
      ALL
    ],
    ['as many as are asked for', ['second', 'new'], [old, second, service('new')], exactly(2)],
    ['all of none', [], [], ALL]
  ])('takes %s', (_what, expected, services, selector) => {
    expect(chosen(services, selector)).toEqual(expected)
  })

  it('takes none of a version that was not asked for', () => {
    expect(chosen([old, second], ANY, [1])).toEqual(['old'])
    expect(chosen([old], ANY, [2])).toEqual([])
  })

  it.each([
    ['fewer operators than are asked for', exactly(2), [old, service('b', { operator: 'old' })]],
    ['more than a verifier takes', ALL, ['a', 'b', 'c', 'd', 'e'].map((url) => service(url))]
  ])('says so when there are %s', (_what, selector, services) => {
    expect(chosen(services, selector)).toMatch(/are asked for/)
  })
})

function exactly(count: number): ServiceSelector {
  return { kind: 'exact', count }
}
