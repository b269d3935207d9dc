import { describe, expect, it } from '@jest/globals'
import type { Origin } from '../../../src/model/component.ts'
import type { Given } from '../../support/fake-host.ts'
import { connected, demo, jsonPage, lockedFile } from '../../support/pypi-project.ts'

const HOME = '/home/user'
const INDEX = 'https://private.example/repo/simple/'
const NETRC = { [`${HOME}/.netrc`]: 'machine private.example login me password netrc-secret\n' }

/** `user:password` that a request for the index page carries; nothing when it carries none. */
async function sentTo(
  given: Given,
  {
    lock = 'requirements.txt',
    origin = { kind: 'registry' }
  }: { lock?: string; origin?: Origin } = {}
): Promise<{
  readonly login: string | undefined
  readonly masked: readonly string[]
  readonly warnings: readonly string[]
}> {
  const { client, host, warnings } = connected(given, [lock])
  const file = lockedFile({ hash: 'a' }, lock)
  await client.indexEntry(demo([file], { origin }), file)
  const { authorization } = host.requests.find(({ url }) => url.includes('private.example')) ?? {}
  const login =
    authorization === undefined
      ? undefined
      : Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString()
  return { login, masked: host.masked, warnings }
}

const registry: Origin = { kind: 'registry', url: INDEX }

describe("the machine's own credentials", () => {
  it.each<[string, Given, string | undefined]>([
    [
      'of an address in the environment',
      { env: { PIP_INDEX_URL: 'https://me:env-secret@private.example/repo/simple' } },
      'me:env-secret'
    ],
    [
      'of an address with variables',
      // oxlint-disable-next-line no-template-curly-in-string
      {
        env: {
          PIP_INDEX_URL: 'https://${WHO}:${WORD}@private.example/repo/simple',
          WHO: 'me',
          WORD: 'p@ss'
        }
      },
      'me:p@ss'
    ],
    [
      'of a token in the place of the user',
      { env: { PIP_INDEX_URL: 'https://token-of-mine@private.example/repo/simple' } },
      'token-of-mine:'
    ],
    [
      'escaped in the address',
      { env: { PIP_INDEX_URL: 'https://me%40work:a%2Fbcd@private.example/repo/simple' } },
      'me@work:a/bcd'
    ],
    [
      'of pip.conf',
      {
        env: { HOME },
        machineFiles: {
          [`${HOME}/.config/pip/pip.conf`]:
            '[global]\nindex-url = https://me:file-secret@private.example/repo/simple\n'
        }
      },
      'me:file-secret'
    ],
    [
      'of the netrc',
      { env: { HOME, PIP_INDEX_URL: INDEX }, machineFiles: NETRC },
      'me:netrc-secret'
    ],
    [
      'of the netrc in NETRC',
      {
        env: { NETRC: '/etc/netrc', PIP_INDEX_URL: INDEX },
        machineFiles: { '/etc/netrc': 'machine private.example login me password other' }
      },
      'me:other'
    ],
    [
      'of no default entry of the netrc',
      {
        env: { HOME, PIP_INDEX_URL: INDEX },
        machineFiles: { [`${HOME}/.netrc`]: 'default login me password secret' }
      },
      undefined
    ],
    [
      'of no netrc that lies in the checkout',
      {
        env: { HOME: '/checkout', PIP_INDEX_URL: INDEX },
        machineFiles: { '/checkout/.netrc': 'machine private.example login me password secret' }
      },
      undefined
    ],
    [
      'of a variable for a named index of uv',
      {
        env: {
          UV_INDEX: `our-own=${INDEX}`,
          UV_INDEX_OUR_OWN_USERNAME: 'me',
          UV_INDEX_OUR_OWN_PASSWORD: 'uv-secret'
        }
      },
      'me:uv-secret'
    ]
  ])('are those %s', async (_title, given, login) => {
    const sent = await sentTo(given)

    expect(sent.login).toBe(login)
    // The password, or the token in the place of the user; nothing when nothing is sent.
    const secret = login?.replace(/^.*?:(?=.)/, '').replace(/:$/, '')
    expect([undefined, ...sent.masked]).toContain(secret)
  })
})

describe('a checkout', () => {
  const files = {
    'pyproject.toml': `[[tool.uv.index]]\nname = "ours"\nurl = "${INDEX}"\n[[tool.poetry.source]]\nname = "ours"\nurl = "${INDEX}"\n`
  }
  const uvLogin = { UV_INDEX_OURS_USERNAME: 'me', UV_INDEX_OURS_PASSWORD: 'uv-secret' }
  const poetryLogin = {
    POETRY_HTTP_BASIC_OURS_USERNAME: 'me',
    POETRY_HTTP_BASIC_OURS_PASSWORD: 'poetry-secret'
  }

  it.each<[string, string, Given]>([
    ['a named login of uv', 'uv.lock', { files, env: uvLogin }],
    ['a named login of Poetry', 'poetry.lock', { files, env: poetryLogin }],
    [
      "a named login of Poetry's auth.toml",
      'poetry.lock',
      {
        files,
        env: { HOME },
        machineFiles: {
          [`${HOME}/.config/pypoetry/auth.toml`]:
            '[http-basic.ours]\nusername = "me"\npassword = "poetry-secret"\n'
        }
      }
    ],
    [
      'a variable in an address',
      'Pipfile.lock',
      {
        // oxlint-disable-next-line no-template-curly-in-string
        files: {
          Pipfile:
            '[[source]]\nname = "ours"\nurl = "https://me:${TOKEN}@private.example/repo/simple"\n'
        },
        env: { TOKEN: 'pipenv-secret' }
      }
    ]
  ])('does not decide where %s is sent', async (_title, lock, given) => {
    const { login, masked, warnings } = await sentTo(given, { lock, origin: registry })

    expect(login).toBeUndefined()
    expect(masked).toEqual([])
    expect(warnings).toEqual([expect.stringContaining('a checkout does not decide where')])
  })

  it.each<[string, string, Given, string]>([
    [
      'pip names the address',
      'uv.lock',
      { files, env: { ...uvLogin, PIP_EXTRA_INDEX_URL: INDEX } },
      'me:uv-secret'
    ],
    [
      'pip names one above it',
      'uv.lock',
      { files, env: { ...uvLogin, PIP_INDEX_URL: 'https://private.example/simple' } },
      'me:uv-secret'
    ],
    ['uv names it', 'uv.lock', { files, env: { ...uvLogin, UV_INDEX: INDEX } }, 'me:uv-secret'],
    [
      'Poetry names it',
      'poetry.lock',
      { files, env: { ...poetryLogin, POETRY_REPOSITORIES_OURS_URL: INDEX } },
      'me:poetry-secret'
    ],
    [
      "Poetry's configuration names it",
      'poetry.lock',
      {
        files,
        env: { HOME, ...poetryLogin },
        machineFiles: {
          [`${HOME}/.config/pypoetry/config.toml`]: `[repositories.x]\nurl = "${INDEX}"\n`
        }
      },
      'me:poetry-secret'
    ],
    [
      'the netrc names its host',
      'Pipfile.lock',
      {
        // oxlint-disable-next-line no-template-curly-in-string
        files: {
          Pipfile: '[[source]]\nurl = "https://you:${TOKEN}@private.example/repo/simple"\n'
        },
        env: { HOME, TOKEN: 'pipenv-secret' },
        machineFiles: NETRC
      },
      'you:pipenv-secret'
    ]
  ])('gets it when %s too', async (_title, lock, given, login) => {
    const sent = await sentTo(given, { lock, origin: registry })

    expect(sent.login).toBe(login)
    expect(sent.masked).toContain(login.split(':')[1])
    expect(sent.warnings).toEqual([])
  })

  it("never gets GitHub's own tokens", async () => {
    const { login, warnings } = await sentTo(
      {
        // oxlint-disable-next-line no-template-curly-in-string
        files: {
          Pipfile: '[[source]]\nurl = "https://x:${GITHUB_TOKEN}@private.example/repo/simple"\n'
        },
        env: { HOME, GITHUB_TOKEN: 'ghs_secret', PIP_INDEX_URL: INDEX }
      },
      { lock: 'Pipfile.lock', origin: registry }
    )

    expect(login).toBeUndefined()
    expect(warnings).toHaveLength(1)
  })

  it('may hold credentials of its own, which are no secret of the machine', async () => {
    const { login, masked } = await sentTo({
      files: { 'requirements.txt': '-i https://them:theirs@private.example/repo/simple\n' }
    })

    expect(login).toBe('them:theirs')
    expect(masked).toEqual([])
  })

  it('cannot vouch for itself through the .env that Pipenv loads', async () => {
    const { login } = await sentTo(
      {
        files: { ...files, '.env': `PIP_EXTRA_INDEX_URL=${INDEX}\n` },
        env: { ...uvLogin, PIP_EXTRA_INDEX_URL: INDEX, PIPENV_ACTIVE: '1' }
      },
      { lock: 'uv.lock', origin: registry }
    )

    expect(login).toBeUndefined()
  })
})

describe('an address of a file', () => {
  const env = { PIP_INDEX_URL: 'https://me:secret@private.example/repo/simple/' }

  it.each([
    ['below the index', 'https://private.example/repo/simple/demo/', true],
    ['beside it, where servers keep files', 'https://private.example/repo/packages/', true],
    ['elsewhere on the host', 'https://private.example/other/', false],
    ['on another host', 'https://files.private.example/repo/', false],
    ['on another port', 'https://private.example:8443/repo/', false],
    ['without TLS', 'http://private.example/repo/', false],
    ['that leaves its folder', 'https://private.example/repo/%2e%2e%2fother/', false]
  ])('%s (%s) gets the credentials: %s', async (_title, at, isSent) => {
    const name = 'demo-1.0.tar.gz'
    const { client } = connected({
      env,
      responses: { 'https://private.example/repo/simple/demo/': jsonPage({ [name]: 'a' }, { at }) }
    })
    const file = lockedFile({ hash: 'a' })

    const remote = await client.locate(demo([file]), file)

    expect(remote?.url).toBe(new URL(`${at}${name}`).href)
    expect(remote?.authorization !== undefined).toBe(isSent)
  })

  it('without TLS gets them only where the machine names it so', async () => {
    const { client, host } = connected({
      env: { PIP_INDEX_URL: 'http://me:secret@private.example/repo/simple/' }
    })
    const file = lockedFile({ hash: 'a' })

    await client.indexEntry(demo([file]), file)

    expect(host.requests[0]?.authorization).toBe('Basic bWU6c2VjcmV0')
  })
})
