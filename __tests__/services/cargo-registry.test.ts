import { describe, expect, it } from '@jest/globals'
import { cargoRegistry } from '../../src/services/cargo-registry.ts'
import { DEFAULT_REGISTRIES } from '../../src/services/registry-defaults.ts'
import type { RegistryClient } from '../../src/services/registry.ts'
import type { Component, LockedFile } from '../../src/model/component.ts'
import { purlOf } from '../../src/model/purl.ts'
import { type FakeHost, fakeHost, type Given } from '../support/fake-host.ts'

const SHA256 = 'ab'.repeat(32)
const CRATES_IO = DEFAULT_REGISTRIES['crates.io'].replace('sparse+', '')
const INTERNAL = 'https://registry.example/index/'
const TOKEN = 'Bearer 0123456789'

interface Asked {
  readonly client: RegistryClient
  readonly host: FakeHost
  readonly warnings: readonly string[]
}

function connected(given: Given): Asked {
  const host = fakeHost(given)
  const warnings: string[] = []
  const log = { ...host.log, warning: (message: string) => void warnings.push(message) }
  const client = cargoRegistry.connect({
    host: { ...host, log },
    signal: new AbortController().signal,
    goChecksumDatabase: false,
    lockfiles: ['Cargo.lock']
  })
  return { client, host, warnings }
}

function fileIn(path = 'Cargo.lock'): LockedFile {
  return { digests: [{ algorithm: 'sha256', hex: SHA256 }], location: { path } }
}

function crate(name: string, version = '1.0.0', registry?: string): Component {
  const origin = { kind: 'registry', ...(registry !== undefined && { url: registry }) } as const
  return {
    purl: purlOf('cargo', name, version),
    ecosystem: 'crates.io',
    name,
    version,
    direct: true,
    origin,
    files: [],
    licenses: [],
    dependsOn: [],
    locations: []
  }
}

function config(dl: string): string {
  return JSON.stringify({ dl, api: 'https://api.example' })
}

describe('locate', () => {
  const dl = 'https://files.example'

  it.each([
    [`${dl}/api/v1/crates`, 'Itoa', '1.0.0+b.1', '/api/v1/crates/Itoa/1.0.0+b.1/download'],
    [`${dl}/{crate}/{crate}-{version}.crate`, 'itoa', '1.0.0', '/itoa/itoa-1.0.0.crate'],
    [`${dl}/{prefix}/{lowerprefix}`, 'MyCrate', '1.0.0', '/My/Cr/my/cr'],
    [`${dl}/{prefix}/{crate}`, 'A', '1.0.0', '/1/A'],
    [`${dl}/{prefix}/{crate}`, 'ab', '1.0.0', '/2/ab'],
    [`${dl}/{lowerprefix}/{crate}`, 'ABC', '1.0.0', '/3/a/ABC'],
    [`${dl}/{sha256-checksum}`, 'itoa', '1.0.0', `/${SHA256}`],
    [`${dl}/{unknown}/{crate}`, 'a$&', '1.0.0', undefined],
    [`${dl}/{crate}`, '..', '1.0.0', undefined],
    [`${dl}/{crate}`, 'a/b', '1.0.0', undefined],
    [`${dl}/{crate}`, 'a', '1/../../2', undefined]
  ])('with dl %s finds %s %s at %s', async (template, name, version, path) => {
    const { client } = connected({ responses: { [`${CRATES_IO}config.json`]: config(template) } })

    const remote = await client.locate(crate(name, version), fileIn())

    expect(remote?.url).toBe(path === undefined ? undefined : `https://files.example${path}`)
  })

  it('asks for the configuration of an index once', async () => {
    const { client, host } = connected({ responses: { [`${CRATES_IO}config.json`]: config(dl) } })

    await Promise.all(['a', 'b', 'c'].map((name) => client.locate(crate(name), fileIn())))

    expect(host.requests.map(({ url }) => url)).toEqual([`${CRATES_IO}config.json`])
  })

  it('knows nothing of packages from git or the checkout', async () => {
    const { client } = connected({})
    const git = { ...crate('a'), origin: { kind: 'git', url: 'https://git.example/a' } as const }
    const local = { ...crate('a'), origin: { kind: 'local', path: 'a' } as const }

    expect(await client.locate(git, fileIn())).toBeUndefined()
    expect(await client.locate(local, fileIn())).toBeUndefined()
    expect(await client.indexEntry(git, fileIn())).toBeUndefined()
  })

  it.each([
    ['is not there', undefined],
    ['is no JSON', '<html>log in</html>'],
    ['has no dl', '{"api":"x"}'],
    ['has a dl that is no address', '{"dl":"file:///etc/passwd"}'],
    ['is a list', '[]']
  ])('says so when the configuration %s', async (_what, body) => {
    const responses = body === undefined ? {} : { [`${CRATES_IO}config.json`]: body }
    const { client } = connected({ responses })

    await expect(client.locate(crate('a'), fileIn())).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID',
      message: expect.stringContaining(`${CRATES_IO}config.json`)
    })
  })

  it.each(['https://git.example/index', 'ssh://git@git.example/index', 'sparse+ftp://a.example/'])(
    'says so when the index is %s',
    async (registry) => {
      const { client, host } = connected({})

      await expect(client.locate(crate('a', '1.0.0', registry), fileIn())).rejects.toMatchObject({
        code: 'SERVICE_UNREACHABLE',
        remedy: expect.stringContaining('index = "sparse+https://…/"')
      })
      expect(host.requests).toEqual([])
    }
  )
})

describe('the index', () => {
  const page = [
    `{"name":"Itoa","vers":"1.0.0","cksum":"${SHA256}","yanked":false,"deps":[]}`,
    `{"name":"itoa","vers":"1.0.1","cksum":"${'cd'.repeat(32)}","yanked":true}`,
    '{"name":"itoa","vers":"1.0.2","cksum":"short"}',
    'null',
    '{"v":9,"of":"a later form"}',
    'damaged',
    ''
  ].join('\n')

  it.each([
    ['1.0.0', { digests: [{ algorithm: 'sha256', hex: SHA256 }] }],
    ['1.0.1', { digests: [{ algorithm: 'sha256', hex: 'cd'.repeat(32) }], withdrawn: true }],
    ['1.0.2', undefined],
    ['1.0.3', undefined],
    ['constructor', undefined]
  ])('states of version %s %j', async (version, stated) => {
    const source = `${CRATES_IO}it/oa/itoa`
    const { client } = connected({ responses: { [source]: page } })

    const entry = await client.indexEntry(crate('Itoa', version), fileIn())

    expect(entry).toEqual(stated && { source, ...stated })
  })

  it.each([
    ['a', '1/a'],
    ['ab', '2/ab'],
    ['ABC', '3/a/abc'],
    ['Cargo-Thing', 'ca/rg/cargo-thing']
  ])('has the page of %s at %s', async (name, path) => {
    const { client, host } = connected({})

    await client.indexEntry(crate(name), fileIn())
    await client.indexEntry(crate(name, '2.0.0'), fileIn())

    expect(host.requests.map(({ url }) => url)).toEqual([CRATES_IO + path])
  })
})

/** Which index is asked for a crate of `Cargo.lock`, and as whom. */
async function askedFor(
  { client, host }: Asked,
  registry?: string,
  lock?: string
): Promise<{ url: string | undefined; authorization: string | undefined }> {
  await client.indexEntry(crate('a', '1.0.0', registry), fileIn(lock))
  const request = host.requests.at(-1)
  return { url: request?.url, authorization: request?.authorization }
}

function mirrored(body: string): string {
  return `[source.crates-io]\nreplace-with = "m"\n${body}`
}

function mirrorAt(host: string): string {
  return `[source.m]\nregistry = "sparse+https://${host}.example/"`
}

describe('configuration', () => {
  const home = { CARGO_HOME: '/home/.cargo' }

  it.each([
    ['a source', mirrored(`[source.m]\nregistry = "sparse+${INTERNAL}"`), INTERNAL],
    ['a registry', mirrored(`[registries.m]\nindex = "sparse+${INTERNAL}"`), INTERNAL],
    [
      'a source that is replaced itself',
      mirrored(
        `[source.m]\nregistry = "https://git.example/"\nreplace-with = "n"\n[source.n]\nregistry = "sparse+${INTERNAL}"`
      ),
      INTERNAL
    ],
    ['a folder on disk', mirrored('[source.m]\ndirectory = "vendor"'), CRATES_IO],
    ['a registry on disk', mirrored('[source.m]\nlocal-registry = "vendor"'), CRATES_IO],
    [
      'crates.io by its git address',
      mirrored('[source.m]\nregistry = "https://github.com/rust-lang/crates.io-index"'),
      CRATES_IO
    ],
    [
      'the same by another name',
      `[source.other]\nregistry = "https://github.com/rust-lang/crates.io-index/"\nreplace-with = "m"\n[source.m]\nregistry = "sparse+${INTERNAL}"`,
      INTERNAL
    ]
  ])('replaces crates.io by %s', async (_what, text, index) => {
    const asked = connected({ files: { '.cargo/config.toml': text } })

    expect(await askedFor(asked)).toEqual({ url: `${index}1/a`, authorization: undefined })
  })

  it.each([
    ['another registry', `[source.x]\nregistry = "sparse+${INTERNAL}"\nreplace-with = "m"`],
    [
      'another registry, without its last slash',
      `[source.x]\nregistry = "sparse+${INTERNAL.slice(0, -1)}"\nreplace-with = "m"`
    ]
  ])('replaces %s', async (_what, text) => {
    const more = '\n[source.m]\nregistry = "sparse+https://mirror.example/"'
    const asked = connected({ files: { '.cargo/config.toml': text + more } })

    expect((await askedFor(asked, `sparse+${INTERNAL}`)).url).toBe('https://mirror.example/1/a')
    expect((await askedFor(asked)).url).toBe(`${CRATES_IO}1/a`)
  })

  it.each([
    ['nothing', mirrored('')],
    ['itself', '[source.crates-io]\nreplace-with = "crates-io"'],
    [
      'a circle',
      mirrored('[source.m]\nreplace-with = "crates-io"\nregistry = "https://a.example"')
    ],
    ['git', mirrored('[source.m]\ngit = "https://git.example/m"')]
  ])('is refused when crates.io is replaced by %s', async (_what, text) => {
    const { client } = connected({ files: { '.cargo/config.toml': text } })

    await expect(client.indexEntry(crate('a'), fileIn())).rejects.toMatchObject({
      code: 'CONFIG_SYNTAX',
      message: expect.stringContaining('".cargo/config.toml"')
    })
  })

  it('is refused when a file is damaged, with its path and line', async () => {
    const { client } = connected({ files: { 'a/.cargo/config': 'x = 1\ny =' } })

    await expect(client.indexEntry(crate('a'), fileIn('a/Cargo.lock'))).rejects.toMatchObject({
      code: 'CONFIG_SYNTAX',
      message: expect.stringContaining('"a/.cargo/config"'),
      line: 2
    })
  })

  it('takes the nearest file that says something, and that without an extension first', async () => {
    const asked = connected({
      files: {
        'a/b/.cargo/config': mirrorAt('near'),
        'a/b/.cargo/config.toml': mirrorAt('ignored'),
        '.cargo/config.toml': mirrored(mirrorAt('far'))
      },
      machineFiles: { '/home/.cargo/config.toml': mirrorAt('home') },
      env: home
    })

    expect((await askedFor(asked, undefined, 'a/b/Cargo.lock')).url).toBe(
      'https://near.example/1/a'
    )
    expect((await askedFor(asked, undefined, 'a/Cargo.lock')).url).toBe('https://far.example/1/a')
  })

  it.each([{ HOME: '/me' }, { USERPROFILE: '/me' }, { CARGO_HOME: '/me/.cargo' }])(
    'finds the home of Cargo by %j',
    async (env) => {
      const machineFiles = {
        '/me/.cargo/config.toml': mirrored(`[source.m]\nregistry = "sparse+${INTERNAL}"`)
      }

      expect((await askedFor(connected({ machineFiles, env }))).url).toBe(`${INTERNAL}1/a`)
    }
  )
})

describe('tokens', () => {
  const registry = `sparse+${INTERNAL}`
  const index = `[registries.my-own]\nindex = "${registry}"\n`
  const token = `[registries.my-own]\ntoken = "${TOKEN}"\n`
  const home = { CARGO_HOME: '/home/.cargo' }
  const named = { CARGO_REGISTRIES_MY_OWN_INDEX: registry }
  const secret = { CARGO_REGISTRIES_MY_OWN_TOKEN: TOKEN }

  it.each([
    ['the environment', { env: { ...named, ...secret } }],
    [
      'the home of Cargo',
      {
        env: home,
        machineFiles: {
          '/home/.cargo/config.toml': index,
          '/home/.cargo/credentials.toml': token
        }
      }
    ],
    ['both', { env: { ...home, ...secret }, machineFiles: { '/home/.cargo/config.toml': index } }],
    [
      'both, although the checkout names the index too',
      { env: { ...named, ...secret }, files: { '.cargo/config.toml': index } }
    ]
  ])('of %s go to their index, and are masked', async (_what, given) => {
    const asked = connected(given)

    expect(await askedFor(asked, registry)).toEqual({
      url: `${INTERNAL}1/a`,
      authorization: TOKEN
    })
    expect(asked.host.masked).toContain(TOKEN)
    expect(asked.warnings).toEqual([])
  })

  it.each([
    ['the environment', { env: secret, files: { '.cargo/config.toml': index } }],
    [
      'the home of Cargo',
      {
        env: home,
        machineFiles: { '/home/.cargo/credentials.toml': token },
        files: { '.cargo/config.toml': index }
      }
    ],
    [
      'a home of Cargo that lies in the checkout',
      {
        env: { CARGO_HOME: '/checkout/.home', ...secret },
        machineFiles: { '/checkout/.home/config.toml': index }
      }
    ]
  ])('of %s stay here when only the checkout names the index', async (_what, given) => {
    const asked = connected(given)

    expect(await askedFor(asked, registry)).toEqual({
      url: `${INTERNAL}1/a`,
      authorization: undefined
    })
    expect(asked.host.masked).toContain(TOKEN)
    expect(asked.warnings).toEqual([
      expect.stringContaining('set CARGO_REGISTRIES_MY_OWN_INDEX too')
    ])
  })

  it('stay with their index when the checkout names another by the same name', async () => {
    const asked = connected({
      env: { ...named, ...secret },
      files: {
        '.cargo/config.toml':
          '[registries.my-own]\nindex = "sparse+https://evil.example/"\n[source.crates-io]\nreplace-with = "evil"\n[source.evil]\nregistry = "sparse+https://evil.example/"'
      }
    })

    expect(await askedFor(asked)).toEqual({
      url: 'https://evil.example/1/a',
      authorization: undefined
    })
    expect((await askedFor(asked, 'sparse+https://evil.example/')).authorization).toBeUndefined()
    expect(
      (await askedFor(asked, 'sparse+https://registry.example/')).authorization
    ).toBeUndefined()
    expect((await askedFor(asked, registry)).authorization).toBe(TOKEN)
  })

  it('that the checkout itself holds go where it says, and are no secret', async () => {
    const asked = connected({ files: { '.cargo/config.toml': `${index}token = "plain"` } })

    expect((await askedFor(asked, registry)).authorization).toBe('plain')
    expect(asked.host.masked).toEqual([])
  })

  it('with a line break in them are none', async () => {
    const asked = connected({
      env: { ...named, CARGO_REGISTRIES_MY_OWN_TOKEN: 'abc\r\nx-evil: 1' }
    })

    expect((await askedFor(asked, registry)).authorization).toBeUndefined()
  })

  it.each([
    ['of its own host', 'https://registry.example/dl', TOKEN],
    ['of another host', 'https://files.example/dl', undefined],
    ['of its host without TLS', 'http://registry.example/dl', undefined]
  ])('go to a download address %s or not at all', async (_what, dl, authorization) => {
    const { client } = connected({
      env: { ...named, ...secret },
      responses: { [`${INTERNAL}config.json`]: config(dl) }
    })

    const remote = await client.locate(crate('a', '1.0.0', registry), fileIn())

    expect(remote).toMatchObject({ url: `${dl}/a/1.0.0/download` })
    expect(remote?.authorization).toBe(authorization)
  })
})
