import { describe, expect, it } from '@jest/globals'
import { dockerCredentials } from '../../src/services/docker-credentials.ts'
import { type FakeHost, fakeHost, type Given } from '../support/fake-host.ts'

const CONFIG = '/home/bot/.docker/config.json'
const HOME = { HOME: '/home/bot' }

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function hostWith(files: Readonly<Record<string, unknown>>, given: Given = {}): FakeHost {
  const machineFiles = Object.fromEntries(
    Object.entries(files).map(([path, json]) => [path, JSON.stringify(json)])
  )
  return fakeHost({ env: HOME, machineFiles, ...given })
}

function loginIn(config: unknown, registry = 'r.example', repository = 'o/app'): Promise<unknown> {
  return dockerCredentials(hostWith({ [CONFIG]: config }))(registry, repository)
}

describe('a login of docker', () => {
  it.each([
    ['by the name', 'r.example'],
    ['by its address', 'https://r.example'],
    ['by an old address', 'https://r.example/v1/']
  ])('is found %s', async (_how, key) => {
    const login = await loginIn({ auths: { [key]: { auth: base64('bot:pass:word') } } })

    expect(login).toEqual({ kind: 'password', username: 'bot', password: 'pass:word' })
  })

  it('to Docker Hub is found by the address that docker login writes', async () => {
    const config = { auths: { 'https://index.docker.io/v1/': { auth: base64('bot:secret') } } }

    expect(await loginIn(config, 'docker.io')).toMatchObject({ username: 'bot' })
    expect(await loginIn(config, 'index.docker.io.evil.example')).toBeUndefined()
  })

  it.each([
    [
      { identitytoken: 'refresh', auth: base64('bot:x') },
      { kind: 'identity', token: 'refresh' }
    ],
    [{ registrytoken: 'bearer' }, { kind: 'registry', token: 'bearer' }],
    [
      { username: 'bot', password: 'secret' },
      { kind: 'password', username: 'bot', password: 'secret' }
    ],
    [{ auth: base64('<token>:refresh') }, { kind: 'identity', token: 'refresh' }],
    [{ auth: 'no pair' }, undefined],
    [{}, undefined]
  ])('%j is %j', async (entry, expected) => {
    expect(await loginIn({ auths: { 'r.example': entry } })).toEqual(expected)
  })

  it('is never one that a name merely inherits', async () => {
    expect(await loginIn({ auths: {} }, 'constructor')).toBeUndefined()
    expect(await loginIn({ credHelpers: {} }, '__proto__')).toBeUndefined()
  })

  it('is masked before anybody has it, in every form', async () => {
    const host = hostWith({ [CONFIG]: { auths: { 'r.example': { auth: base64('bot:secret') } } } })
    await dockerCredentials(host)('r.example', 'a')

    expect(host.masked).toEqual(['secret', base64('bot:secret')])
  })
})

function loginOf(name: string): object {
  return { auths: { 'r.example': { auth: base64(`${name}:x`) } } }
}

describe('a file with logins', () => {
  it.each([
    [{ ...HOME, REGISTRY_AUTH_FILE: '/a/auth.json', DOCKER_CONFIG: '/d' }, 'registry-auth-file'],
    [{ ...HOME, DOCKER_CONFIG: '/d' }, 'docker-config'],
    [HOME, 'home'],
    [{ XDG_RUNTIME_DIR: '/run/7' }, 'podman'],
    [{ XDG_CONFIG_HOME: '/cfg' }, 'podman-config'],
    [{ DOCKER_CONFIG: 'relative' }, undefined]
  ])('with %j is that of %s', async (env, username) => {
    const files = {
      '/a/auth.json': loginOf('registry-auth-file'),
      '/d/config.json': loginOf('docker-config'),
      [CONFIG]: loginOf('home'),
      '/run/7/containers/auth.json': loginOf('podman'),
      '/cfg/containers/auth.json': loginOf('podman-config'),
      'relative/config.json': loginOf('relative')
    }
    const login = await dockerCredentials(hostWith(files, { env }))('r.example', 'a')

    expect(login).toEqual(username && { kind: 'password', username, password: 'x' })
  })

  it('of podman may hold a login for a part of a registry', async () => {
    const auths = {
      'r.example': { auth: base64('all:x') },
      'r.example/o': { auth: base64('part:x') },
      'r.example/o/app': { auth: base64('one:x') }
    }

    expect(await loginIn({ auths }, 'r.example', 'o/app')).toMatchObject({ username: 'one' })
    expect(await loginIn({ auths }, 'r.example', 'o/other')).toMatchObject({ username: 'part' })
    expect(await loginIn({ auths }, 'r.example', 'oo/x')).toMatchObject({ username: 'all' })
  })

  it('that lies in the checkout is left out: it would name a program', async () => {
    const asked: string[] = []
    const host = {
      ...hostWith(
        { '/checkout/.docker/config.json': { credsStore: 'evil' } },
        { env: { HOME: '/checkout' } }
      ),
      credentialHelper: (name: string) => {
        asked.push(name)
        return Promise.resolve({ exitCode: 0, stdout: '{"Username":"a","Secret":"b"}' })
      }
    }

    expect(await dockerCredentials(host)('r.example', 'a')).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('that is damaged is an error', async () => {
    const host = fakeHost({ env: HOME, machineFiles: { [CONFIG]: '{"auths":' } })

    await expect(dockerCredentials(host)('r.example', 'a')).rejects.toMatchObject({
      code: 'CONFIG_SYNTAX'
    })
  })
})

describe('a credential helper', () => {
  const answer = { exitCode: 0, stdout: '{"ServerURL":"x","Username":"AWS","Secret":"secret"}' }
  const none = { exitCode: 1, stdout: 'credentials not found in native keychain\n' }

  it('is asked for its registry', async () => {
    const config = { credHelpers: { 'r.example': 'ecr-login' }, credsStore: 'desktop' }
    const host = hostWith(
      { [CONFIG]: config },
      { env: HOME, helpers: { 'ecr-login r.example': answer } }
    )

    expect(await dockerCredentials(host)('r.example', 'a')).toEqual({
      kind: 'password',
      username: 'AWS',
      password: 'secret'
    })
    expect(host.masked).toContain('secret')
  })

  it('for all is asked by the address that docker login uses', async () => {
    const host = hostWith(
      { [CONFIG]: { credsStore: 'desktop' } },
      { env: HOME, helpers: { 'desktop https://index.docker.io/v1/': answer } }
    )

    expect(await dockerCredentials(host)('docker.io', 'a')).toMatchObject({ username: 'AWS' })
  })

  it('may give an identity token', async () => {
    const stdout = '{"Username":"<token>","Secret":"refresh"}'
    const host = hostWith(
      { [CONFIG]: { credsStore: 's' } },
      { env: HOME, helpers: { 's r.example': { exitCode: 0, stdout } } }
    )

    expect(await dockerCredentials(host)('r.example', 'a')).toEqual({
      kind: 'identity',
      token: 'refresh'
    })
  })

  it.each([
    ['has nothing', none],
    ['is not there', { exitCode: -1, stdout: '', reason: 'not on the PATH' }],
    ['answers nonsense', { exitCode: 0, stdout: 'Secret: hunter2' }]
  ])('that %s leaves what the file says', async (_what, said) => {
    const auths = { 'r.example': { auth: base64('bot:x') } }
    const host = hostWith(
      { [CONFIG]: { credsStore: 's', auths } },
      { env: HOME, helpers: { 's r.example': said } }
    )
    const warnings: string[] = []
    const log = { ...host.log, warning: (message: string) => void warnings.push(message) }

    expect(await dockerCredentials({ ...host, log })('r.example', 'a')).toMatchObject({
      username: 'bot'
    })
    expect(warnings.join('\n')).not.toContain('hunter2')
  })

  it('is asked once', async () => {
    let times = 0
    const host = {
      ...hostWith({ [CONFIG]: { credsStore: 's' } }),
      credentialHelper: () => {
        times++
        return Promise.resolve(answer)
      }
    }
    const source = dockerCredentials(host)
    await Promise.all([source('r.example', 'a'), source('r.example', 'a')])

    expect(times).toBe(1)
  })
})
