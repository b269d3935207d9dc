import { describe, expect, it } from '@jest/globals'
import { type GoSettings, readGoSettings } from '../../../src/services/go-proxy/settings.ts'
import {
  DEFAULT_GO_CHECKSUM_DATABASE,
  DEFAULT_REGISTRIES,
  GO_CHECKSUM_DATABASE_ALIASES
} from '../../../src/services/registry-defaults.ts'
import { testKey } from '../../support/checksum-log.ts'
import { fakeHost, type Given } from '../../support/fake-host.ts'

const KEY = testKey('sumdb.example').verifier

function settings(given: Given = {}): GoSettings {
  return readGoSettings(fakeHost(given))
}

describe('without configuration', () => {
  it('is the public proxy, then repositories, and the public database', () => {
    const { proxies, noProxy, noChecksums, database } = settings()

    expect(proxies).toEqual([
      { kind: 'proxy', url: DEFAULT_REGISTRIES.Go, nextAfter: 'missing' },
      { kind: 'direct' }
    ])
    expect([noProxy.patterns, noChecksums.patterns]).toEqual(['', ''])
    expect(database?.url).toBeUndefined()
    expect(database?.key.id).toBe('033de0ae')
  })
})

describe('GOPROXY', () => {
  it('is a list whose separators say when to go on', () => {
    const GOPROXY =
      ' https://a.example/x/ ,https://b.example|c.example/go,off,https://never.example'

    expect(settings({ env: { GOPROXY } }).proxies).toEqual([
      { kind: 'proxy', url: 'https://a.example/x', nextAfter: 'missing' },
      { kind: 'proxy', url: 'https://b.example', nextAfter: 'failure' },
      { kind: 'proxy', url: 'https://c.example/go', nextAfter: 'missing' },
      { kind: 'off' }
    ])
  })

  it('may be empty, which is as good as unset', () => {
    expect(settings({ env: { GOPROXY: '' } }).proxies).toHaveLength(2)
  })

  it('keeps credentials out of the URL and out of every log', () => {
    const host = fakeHost({ env: { GOPROXY: 'https://user:p%40ss@a.example/go' } })

    const { proxies } = readGoSettings(host)

    const encoded = Buffer.from('user:p@ss').toString('base64')
    expect(proxies).toEqual([
      {
        kind: 'proxy',
        url: 'https://a.example/go',
        nextAfter: 'missing',
        authorization: `Basic ${encoded}`
      }
    ])
    expect(host.masked).toEqual(['p@ss', encoded])
  })

  it.each(['nonsense', ',', 'https://', '|,'])('is refused: %j', (GOPROXY) => {
    expect(() => settings({ env: { GOPROXY } })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_SYNTAX',
        message: expect.stringContaining('GOPROXY')
      })
    )
  })
})

describe('.netrc', () => {
  const text = 'machine a.example login user password secret'
  const authorization = `Basic ${Buffer.from('user:secret').toString('base64')}`
  const env = { HOME: '/home/me', GOPROXY: 'https://a.example:8443' }

  it('has the credentials of a proxy that has none in its URL', () => {
    const machineFiles = { '/home/me/.netrc': text }

    expect(settings({ env, machineFiles }).proxies).toMatchObject([{ authorization }])
    expect(
      settings({ env: { ...env, GOPROXY: 'https://b.example' }, machineFiles }).proxies
    ).toEqual([expect.not.objectContaining({ authorization })])
  })

  it('lies where NETRC says', () => {
    const given = { env: { ...env, NETRC: '/etc/netrc' }, machineFiles: { '/etc/netrc': text } }

    expect(settings(given).proxies).toMatchObject([{ authorization }])
  })

  it.each([
    ['over plain HTTP', { GOPROXY: 'http://a.example' }],
    ['when GOAUTH leaves it out', { GOAUTH: 'off' }]
  ])('is not read %s', (_title, more) => {
    const machineFiles = { '/home/me/.netrc': text }
    const [proxy] = settings({ env: { ...env, ...more }, machineFiles }).proxies

    expect(proxy).not.toHaveProperty('authorization')
  })
})

describe('what `go env -w` wrote', () => {
  const machineFiles = {
    '/home/me/.config/go/env':
      '# comment\nGOPROXY=https://written.example\r\nGOPRIVATE=corp.example\nnonsense\n'
  }

  it('counts behind the environment', () => {
    const env = { HOME: '/home/me' }

    expect(settings({ env, machineFiles }).proxies).toMatchObject([
      { url: 'https://written.example' }
    ])
    expect(
      settings({ env: { ...env, GOPROXY: 'https://env.example' }, machineFiles }).proxies
    ).toMatchObject([{ url: 'https://env.example' }])
  })

  it.each([
    [{ XDG_CONFIG_HOME: '/home/me/.config' }, true],
    [{ GOENV: '/home/me/.config/go/env' }, true],
    [{ HOME: '/home/me', GOENV: 'off' }, false],
    [{ HOME: '/home/other' }, false],
    [{}, false]
  ])('is found with %j: %j', (env, found) => {
    expect(settings({ env, machineFiles }).noProxy.patterns).toBe(found ? 'corp.example' : '')
  })
})

describe('private modules', () => {
  it.each([
    [{ GOPRIVATE: 'p' }, ['GOPRIVATE', 'p'], ['GOPRIVATE', 'p']],
    [{ GOPRIVATE: 'p', GONOPROXY: 'none' }, ['GONOPROXY', 'none'], ['GOPRIVATE', 'p']],
    [{ GOPRIVATE: 'p', GONOSUMDB: 's' }, ['GOPRIVATE', 'p'], ['GONOSUMDB', 's']]
  ])('are those of %j', (env, noProxy, noChecksums) => {
    const found = settings({ env })

    expect([found.noProxy.variable, found.noProxy.patterns]).toEqual(noProxy)
    expect([found.noChecksums.variable, found.noChecksums.patterns]).toEqual(noChecksums)
  })
})

describe('GOSUMDB', () => {
  it('may be off', () => {
    expect(settings({ env: { GOSUMDB: 'off' } })).not.toHaveProperty('database')
  })

  it('may be a key of its own, and where to ask', () => {
    expect(settings({ env: { GOSUMDB: KEY } }).database).toMatchObject({
      key: { name: 'sumdb.example' }
    })
    expect(
      settings({ env: { GOSUMDB: `${KEY} https://mirror.example/db/` } }).database
    ).toMatchObject({
      key: { name: 'sumdb.example' },
      url: 'https://mirror.example/db'
    })
  })

  it('may be the name of the public one, or an alias of it', () => {
    const [name] = DEFAULT_GO_CHECKSUM_DATABASE.split('+')
    const [alias] = GO_CHECKSUM_DATABASE_ALIASES.keys()

    expect(settings({ env: { GOSUMDB: name ?? '' } }).database?.key.id).toBe('033de0ae')
    expect(settings({ env: { GOSUMDB: alias ?? '' } }).database?.url).toMatch(/^https:/)
  })

  it.each([
    'other.example',
    KEY.replace('sumdb', 'evil'),
    `${KEY} https://a.example more`,
    `${KEY} nowhere`,
    testKey('user@a.example').verifier,
    testKey('a.example/').verifier,
    testKey('a.example/?q').verifier
  ])('is refused: %j', (GOSUMDB) => {
    expect(() => settings({ env: { GOSUMDB } })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_SYNTAX',
        message: expect.stringContaining('GOSUMDB')
      })
    )
  })
})
