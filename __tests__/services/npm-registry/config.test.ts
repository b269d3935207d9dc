import { describe, expect, it } from '@jest/globals'
import { type NpmConfig, npmConfigs } from '../../../src/services/npm-registry/config.ts'
import { DEFAULT_REGISTRIES } from '../../../src/services/registry-defaults.ts'
import { fakeHost, type FakeHost, type Given } from '../../support/fake-host.ts'

const HOST = new URL(DEFAULT_REGISTRIES.npm).host
const PUBLIC = `https://${HOST}`

interface Setup {
  /** `.npmrc` at the checkout's root. */
  readonly project?: string
  /** `.npmrc` of the user. */
  readonly user?: string
  readonly env?: Readonly<Record<string, string>>
}

function setUp({ project, user, env = {} }: Setup, more: Given = {}): NpmConfig & FakeHost {
  const host = fakeHost({
    files: project === undefined ? {} : { '.npmrc': project },
    machineFiles: user === undefined ? {} : { '/home/me/.npmrc': user },
    env: { HOME: '/home/me', ...env },
    ...more
  })
  return { ...host, ...npmConfigs(host)('') }
}

function authorization(setup: Setup, url: string): string | undefined {
  return setUp(setup).authorizationFor(new URL(url))
}

describe('the registry of a package', () => {
  it.each<[string, Setup, string, string]>([
    ['the public one', {}, 'a', `${PUBLIC}/`],
    [
      'that of the project',
      { project: 'registry=https://p.example/npm' },
      'a',
      'https://p.example/npm/'
    ],
    [
      'that of its scope',
      { project: '@s:registry=https://s.example\nregistry=https://p.example' },
      '@s/a',
      'https://s.example/'
    ],
    [
      'the default one for another scope',
      { project: '@s:registry=https://s.example\nregistry=https://p.example' },
      '@other/a',
      'https://p.example/'
    ],
    [
      'that of the user when the project has none',
      { project: 'save-exact=true', user: 'registry=https://u.example' },
      'a',
      'https://u.example/'
    ],
    [
      'that of the project before that of the user',
      { project: 'registry=https://p.example', user: 'registry=https://u.example' },
      'a',
      'https://p.example/'
    ],
    [
      'that of the environment before all',
      {
        project: 'registry=https://p.example',
        env: { NPM_CONFIG_REGISTRY: 'https://e.example' }
      },
      'a',
      'https://e.example/'
    ],
    [
      'that of the environment for a scope',
      { env: { 'npm_config_@s:registry': 'https://e.example' } },
      '@S/a',
      'https://e.example/'
    ],
    [
      'without the login in its address',
      { user: 'registry=https://u:p@u.example/?a#b' },
      'a',
      'https://u.example/'
    ],
    [
      'with variables that the user has put there',
      { user: 'registry=https://${HOST}/${NONE?}', env: { HOST: 'u.example' } },
      'a',
      'https://u.example/'
    ]
  ])('is %s', (_which, setup, name, registry) => {
    expect(setUp(setup).registryOf(name).href).toBe(registry)
  })

  it.each<[string, Setup]>([
    [
      'holds a variable in the checkout',
      { project: 'registry=https://${HOST}/', env: { HOST: 'a' } }
    ],
    ['holds a variable that is not set', { user: 'registry=https://${HOST}/' }],
    ['is no address', { project: 'registry=registry' }],
    ['is of no web', { project: 'registry=file:///etc/passwd' }]
  ])('is never replaced by the default when it %s', (_why, setup) => {
    expect(() => setUp(setup).registryOf('a')).toThrow(
      expect.objectContaining({ code: 'SERVICE_UNREACHABLE' })
    )
  })

  it('is that of the nearest folder', () => {
    const host = fakeHost({
      files: {
        '.npmrc': 'registry=https://root.example\n@s:registry=https://s.example',
        'web/app/.npmrc': 'registry=https://app.example'
      }
    })
    const configOf = npmConfigs(host)

    expect(configOf('web/app').registryOf('a').href).toBe('https://app.example/')
    expect(configOf('web/app').registryOf('@s/a').href).toBe('https://s.example/')
    expect(configOf('web').registryOf('a').href).toBe('https://root.example/')
  })

  it('is read from the files that the environment names', () => {
    const machineFiles = {
      '/run/user.npmrc': '@u:registry=https://u.example',
      '/opt/etc/npmrc': '@g:registry=https://g.example'
    }
    const env = { NPM_CONFIG_USERCONFIG: '/run/user.npmrc', npm_config_prefix: '/opt' }

    const { registryOf } = setUp({}, { machineFiles, env })

    expect(registryOf('@u/a').href).toBe('https://u.example/')
    expect(registryOf('@g/a').href).toBe('https://g.example/')
  })
})

describe('a locked address', () => {
  it.each([
    ['registry=https://m.example', `${PUBLIC}/a/-/a-1.tgz`, 'https://m.example/a/-/a-1.tgz'],
    [
      'registry=https://m.example:8443/npm/all/',
      `${PUBLIC}/a/-/a-1.tgz`,
      'https://m.example:8443/npm/all/a/-/a-1.tgz'
    ],
    [
      'registry=https://m.example/npm/',
      `${PUBLIC}/npm/-/npm-1.tgz`,
      'https://m.example/npm/-/npm-1.tgz'
    ],
    ['registry=https://m.example', 'https://o.example/a.tgz', 'https://o.example/a.tgz'],
    ['', `http://${HOST}/a/-/a-1.tgz`, `${PUBLIC}/a/-/a-1.tgz`],
    [
      'registry=https://m.example\nreplace-registry-host=never',
      `${PUBLIC}/a/-/a-1.tgz`,
      `${PUBLIC}/a/-/a-1.tgz`
    ],
    [
      'registry=https://m.example\nreplace-registry-host=always',
      'https://o.example:99/a/-/a-1.tgz',
      'https://m.example/a/-/a-1.tgz'
    ],
    [
      'registry=https://m.example\nreplace-registry-host=o.example',
      'https://o.example/a/-/a-1.tgz',
      'https://m.example/a/-/a-1.tgz'
    ],
    [
      'registry=https://m.example/new/\nreplace-registry-host=https://o.example/old/',
      'https://o.example/old/a/-/a-1.tgz',
      'https://m.example/new/a/-/a-1.tgz'
    ],
    [
      'registry=https://m.example/new/\nreplace-registry-host=https://o.example/old/',
      'https://o.example/older/a/-/a-1.tgz',
      'https://o.example/older/a/-/a-1.tgz'
    ],
    ['@s:registry=https://s.example', `${PUBLIC}/@s/a/-/a-1.tgz`, `${PUBLIC}/@s/a/-/a-1.tgz`]
  ])('with %j: %s is served from %s', (project, locked, served) => {
    expect(setUp({ project }).servedFrom(new URL(locked)).href).toBe(served)
  })
})

describe('a credential', () => {
  it.each<[string, string, string]>([
    ['a token', '//r.example/:_authToken=t0ken', 'Bearer t0ken'],
    ['a pair', '//r.example/:_auth=dTpw', 'Basic dTpw'],
    ['name and password', '//r.example/:username=u\n//r.example/:_password=cHc=', 'Basic dTpwdw=='],
    ['a login in the address', 'registry=https://u:p%77@r.example/', 'Basic dTpwdw=='],
    ['a token first', '//r.example/:_auth=dTpw\n//r.example/:_authToken=t0ken', 'Bearer t0ken'],
    ['without a last slash', '//r.example:_authToken=t0ken', 'Bearer t0ken']
  ])('is sent: %s', (_what, user, header) => {
    expect(authorization({ user }, 'https://r.example/a/-/a-1.tgz')).toBe(header)
  })

  it.each([
    ['https://r.example/team/a/-/a-1.tgz', 'Bearer team'],
    ['https://r.example/team/', 'Bearer team'],
    ['https://r.example/teams/a', 'Bearer host'],
    ['https://r.example/', 'Bearer host'],
    ['https://r.example:8443/a', 'Bearer port'],
    ['https://r.example:9443/a', undefined],
    ['https://other.example/team/a', undefined],
    ['https://sub.r.example/a', undefined],
    ['https://r.example.evil.example/a', undefined],
    [`${PUBLIC}/a`, undefined],
    ['http://r.example/a', undefined],
    ['https://r.example/team/..%2fevil/a', undefined],
    ['https://r.example/team/%2e%2e%5cevil/a', undefined],
    ['https://r.example/team/../evil/a', 'Bearer host']
  ])('for %s is that of the longest address above it', (url, header) => {
    const user = [
      '//r.example/:_authToken=host',
      '//r.example/team/:_authToken=team',
      '//r.example:8443/:_authToken=port'
    ].join('\n')

    expect(authorization({ user }, url)).toBe(header)
  })

  it('goes over plain http only to where the user says so, and to this machine', () => {
    const token = '//r.example/:_authToken=t\n//127.0.0.1:4873/:_authToken=l'

    expect(authorization({ user: token }, 'http://r.example/a')).toBeUndefined()
    expect(
      authorization({ user: `registry=http://r.example/\n${token}` }, 'http://r.example/a')
    ).toBe('Bearer t')
    expect(
      authorization({ user: token, project: 'registry=http://r.example/' }, 'http://r.example/a')
    ).toBeUndefined()
    expect(authorization({ user: token }, 'http://127.0.0.1:4873/a')).toBe('Bearer l')
  })

  it('without an address, as npm no longer knows it, is sent nowhere', () => {
    expect(authorization({ user: '_authToken=t\n_auth=dTpw' }, `${PUBLIC}/a`)).toBeUndefined()
  })

  it('that would break a header is not sent', () => {
    const env = { T: 'a\r\nhost: evil.example' }

    expect(
      authorization({ user: '//r.example/:_authToken=${T}', env }, 'https://r.example/')
    ).toBeUndefined()
  })

  it('comes from the environment too', () => {
    const env = { 'npm_config_//r.example/:_authToken': 't0ken' }

    expect(authorization({ env }, 'https://r.example/a')).toBe('Bearer t0ken')
  })

  it('of the user is masked in every form before it is used', () => {
    const user = [
      '//a.example/:_authToken=${TOKEN}',
      '//b.example/:_auth=dXNlcjpwYXNzd29yZA==',
      '//c.example/:username=user',
      '//c.example/:_password=c2VjcmV0',
      'registry=https://user:in-address@d.example/'
    ].join('\n')

    const { masked } = setUp({ user, env: { TOKEN: 't0ken' } })

    for (const secret of [
      't0ken',
      'dXNlcjpwYXNzd29yZA==',
      'password',
      'c2VjcmV0',
      'secret',
      'in-address'
    ]) {
      expect(masked).toContain(secret)
    }
    expect(masked).toContain(Buffer.from('user:secret').toString('base64'))
    expect(masked).toContain(Buffer.from('user:in-address').toString('base64'))
  })
})

describe('a checkout', () => {
  const env = { NPM_TOKEN: 'npm-secret', GITHUB_TOKEN: 'gh-secret', OTHER: 'other-secret' }

  it('may hold a credential of its own, which is no secret of the machine', () => {
    const { authorizationFor, masked } = setUp({ project: '//r.example/:_authToken=verified' })

    expect(authorizationFor(new URL('https://r.example/a'))).toBe('Bearer verified')
    expect(masked).toEqual([])
  })

  it.each<[string, Setup, string, string]>([
    [
      'the token that people commit for the public registry',
      { project: `//${HOST}/:_authToken=\${NPM_TOKEN}` },
      `${PUBLIC}/a`,
      'Bearer npm-secret'
    ],
    [
      "GitHub's token for GitHub's registry",
      { project: '//npm.pkg.github.com/:_authToken=${GITHUB_TOKEN}' },
      'https://npm.pkg.github.com/@s/a',
      'Bearer gh-secret'
    ],
    [
      'what the user names as a registry',
      {
        project: '//r.example/npm/:_authToken=${OTHER}',
        user: '@s:registry=https://r.example/npm'
      },
      'https://r.example/npm/a',
      'Bearer other-secret'
    ],
    [
      'what the environment names as a registry',
      {
        project: 'registry=https://p.example/\n//r.example/:_authToken=${OTHER}',
        env: { npm_config_registry: 'https://r.example' }
      },
      'https://r.example/a',
      'Bearer other-secret'
    ]
  ])('may have a variable sent to %s', (_which, setup, url, header) => {
    const { authorizationFor, masked } = setUp({ ...setup, env: { ...env, ...setup.env } })

    expect(authorizationFor(new URL(url))).toBe(header)
    expect(masked).toContain(header.slice('Bearer '.length))
  })

  it.each<[string, Setup, string]>([
    [
      'a host of its choosing',
      { project: 'registry=https://evil.example/\n//evil.example/:_authToken=${NPM_TOKEN}' },
      'https://evil.example/a'
    ],
    [
      'the public registry, when it is not for it',
      { project: `//${HOST}/:_authToken=\${OTHER}` },
      `${PUBLIC}/a`
    ],
    [
      "the public registry, when it is GitHub's, though the user names that registry",
      { project: `//${HOST}/:_authToken=\${GITHUB_TOKEN}`, user: `registry=${PUBLIC}` },
      `${PUBLIC}/a`
    ],
    [
      'another path of a host that the user names',
      {
        project: '//r.example/evil/:_authToken=${OTHER}',
        user: '@s:registry=https://r.example/npm/'
      },
      'https://r.example/evil/a'
    ],
    [
      'a host beside one that the user names',
      {
        project: '//r.example.evil.example/:_authToken=${OTHER}',
        user: 'registry=https://r.example'
      },
      'https://r.example.evil.example/a'
    ],
    [
      'its host, hidden among other text',
      { project: '//evil.example/:_authToken=a${NPM_TOKEN-x}b' },
      'https://evil.example/a'
    ],
    [
      'its host, as a password',
      { project: '//evil.example/:username=a\n//evil.example/:_password=${NPM_TOKEN}' },
      'https://evil.example/a'
    ],
    [
      'its host, by way of a home folder in the checkout',
      {
        project: 'registry=https://evil.example/\n//evil.example/:_authToken=${NPM_TOKEN}',
        env: { HOME: '/checkout' }
      },
      'https://evil.example/a'
    ],
    [
      'its host, that npm has handed on to us from this very file',
      {
        project: 'registry=https://evil.example/\n//evil.example/:_authToken=${NPM_TOKEN}',
        env: { npm_config_registry: 'https://evil.example/', npm_execpath: '/npm-cli.js' }
      },
      'https://evil.example/a'
    ]
  ])('cannot have a variable sent to %s', (_which, setup, url) => {
    const machineFiles =
      setup.env?.['HOME'] === '/checkout' ? { '/checkout/.npmrc': setup.project ?? '' } : undefined
    const { authorizationFor, masked } = setUp(
      { ...setup, env: { ...env, ...setup.env } },
      machineFiles && { machineFiles, env: { ...env, HOME: '/checkout' } }
    )

    expect(authorizationFor(new URL(url))).toBeUndefined()
    expect(masked).toEqual([])
  })

  it('cannot have a secret become a part of an address, even through npm', () => {
    const project = 'registry=https://${NPM_TOKEN}.evil.example/'
    const handedOn = {
      npm_config_registry: 'https://npm-secret.evil.example/',
      npm_command: 'exec'
    }

    for (const more of [{}, handedOn]) {
      const { registryOf } = setUp({ project, env: { ...env, ...more } })

      expect(() => registryOf('a')).toThrow(/the checkout asks for an address with variables/)
    }
  })

  it('is told once, with what to do', () => {
    const warnings: string[] = []
    const files = {
      '.npmrc': '//evil.example/:_authToken=${NPM_TOKEN}',
      'a/.npmrc': '',
      'b/.npmrc': ''
    }
    const host = fakeHost({ files, env })
    const log = { ...host.log, warning: (message: string) => void warnings.push(message) }
    const configOf = npmConfigs({ ...host, log })

    configOf('a')
    configOf('b')

    expect(warnings).toEqual([
      'Left out "//evil.example/:_authToken" of ".npmrc": a checkout does not decide where NPM_TOKEN is sent. ' +
        'If it is meant for that address, put the line into the .npmrc of the user who runs Assay'
    ])
  })

  it('whose .npmrc is too large is an error that names it', () => {
    expect(() => setUp({ project: 'a'.repeat(2 * 1024 * 1024) })).toThrow(
      expect.objectContaining({ code: 'FILE_TOO_LARGE' })
    )
  })
})
