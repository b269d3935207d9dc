import { describe, expect, it } from '@jest/globals'
import type { Given } from '../support/fake-host.ts'
import {
  connected,
  demo,
  hashOf,
  htmlPage,
  jsonPage,
  lockedFile,
  PUBLIC
} from '../support/pypi-project.ts'

const PAGE = `${PUBLIC}demo/`
const WHEEL = 'demo-1.0-py3-none-any.whl'
const SOURCE = 'demo-1.0.tar.gz'
const FILES = 'https://files.registry.example/'

describe('where a file lies', () => {
  it('is what the index lists under its name', async () => {
    const { client, host } = connected({ responses: { [PAGE]: jsonPage({ [WHEEL]: 'a' }) } })
    const file = lockedFile({ name: WHEEL, hash: 'a' }, 'poetry.lock')

    const remote = await client.locate(demo([file]), file)

    expect(remote?.url).toBe(FILES + WHEEL)
    expect(remote?.authorization).toBeUndefined()
    expect(host.requests[0]?.headers?.['accept']).toMatch(
      /^application\/vnd\.pypi\.simple\.v1\+json, /
    )
  })

  it('is found by its hash where the lock has no name', async () => {
    const { client } = connected({
      responses: { [PAGE]: jsonPage({ [WHEEL]: 'a', [SOURCE]: 'b' }) }
    })
    const file = lockedFile({ hash: 'b' })

    expect((await client.locate(demo([file]), file))?.url).toBe(FILES + SOURCE)
  })

  it('is what the lock says, without asking the index; the index knows where else', async () => {
    const { client, asked } = connected({ responses: { [PAGE]: jsonPage({ [WHEEL]: 'a' }) } })
    const file = lockedFile(
      { name: WHEEL, url: `https://old.registry.example/${WHEEL}#x`, hash: 'a' },
      'uv.lock'
    )

    const remote = await client.locate(demo([file]), file)

    expect(remote?.url).toBe(`https://old.registry.example/${WHEEL}`)
    expect(asked()).toEqual([])
    expect((await remote?.elsewhere?.())?.url).toBe(FILES + WHEEL)
  })

  it('is nowhere when the index does not know the file, or the project', async () => {
    const { client } = connected({ responses: { [PAGE]: jsonPage({ [SOURCE]: 'b' }) } })
    const file = lockedFile({ name: WHEEL, hash: 'a' }, 'poetry.lock')

    expect(await client.locate(demo([file]), file)).toBeUndefined()
    expect(await client.locate(demo([file], { name: 'other' }), file)).toBeUndefined()
    expect(await client.indexEntry(demo([file]), file)).toBeUndefined()
  })

  it('is an address of the web, or it is an error', async () => {
    const { client } = connected({})
    const file = lockedFile({ name: WHEEL, url: 'file:///etc/passwd', hash: 'a' }, 'uv.lock')

    await expect(client.locate(demo([file]), file)).rejects.toThrow('no http or https address')
  })

  it.each([
    { kind: 'git', url: 'https://git.example/demo' } as const,
    { kind: 'local', path: '.' } as const
  ])('is on no index for $kind', async (origin) => {
    const { client, asked } = connected({})
    const file = lockedFile({ name: WHEEL, hash: 'a' })

    expect(await client.locate(demo([file], { origin }), file)).toBeUndefined()
    expect(await client.indexEntry(demo([file], { origin }), file)).toBeUndefined()
    expect(asked()).toEqual([])
  })

  it('is the address itself for an archive, of which no index states anything', async () => {
    const { client, asked } = connected({})
    const origin = { kind: 'archive', url: FILES + WHEEL } as const
    const file = lockedFile({ name: WHEEL, url: FILES + WHEEL, hash: 'a' })

    const remote = await client.locate(demo([file], { origin }), file)

    expect(remote?.url).toBe(FILES + WHEEL)
    expect(await remote?.elsewhere?.()).toBeUndefined()
    expect(await client.selects(demo([file], { origin }), file)).toBe(true)
    await expect(client.indexEntry(demo([file], { origin }), file)).rejects.toThrow('on no index')
    expect(asked()).toEqual([])
  })
})

describe('what the index states', () => {
  it('is the digest of the file of that name', async () => {
    const { client } = connected({
      responses: { [PAGE]: jsonPage({ [WHEEL]: 'a', [SOURCE]: 'b' }) }
    })
    const file = lockedFile({ name: SOURCE, hash: 'c' }, 'poetry.lock')

    const entry = await client.indexEntry(demo([file]), file)

    expect(entry).toEqual({ source: PAGE, digests: [{ algorithm: 'sha256', hex: hashOf('b') }] })
  })

  it('is all digests of the version for a hash that the index does not know', async () => {
    const files = { [WHEEL]: 'a', 'demo-1.0.0.tar.gz': 'b', 'demo-1.1.tar.gz': 'c' }
    const { client } = connected({ responses: { [PAGE]: jsonPage(files) } })
    const [known, unknown] = [lockedFile({ hash: 'a' }), lockedFile({ hash: 'f' })]
    const component = demo([known, unknown])

    const hexes = async (file: typeof known): Promise<readonly string[] | undefined> =>
      (await client.indexEntry(component, file))?.digests.map(({ hex }) => hex)

    expect(await hexes(known)).toEqual([hashOf('a')])
    expect(await hexes(unknown)).toEqual([hashOf('a'), hashOf('b')])
  })

  it('is nothing for a version that it does not have', async () => {
    const { client } = connected({ responses: { [PAGE]: jsonPage({ 'demo-2.0.tar.gz': 'a' }) } })
    const file = lockedFile({ hash: 'b' })

    expect(await client.indexEntry(demo([file]), file)).toBeUndefined()
  })

  it('says that a version was withdrawn', async () => {
    const { client } = connected({
      responses: { [PAGE]: jsonPage({ [WHEEL]: 'a' }, { yanked: true }) }
    })
    const file = lockedFile({ hash: 'a' })

    expect((await client.indexEntry(demo([file]), file))?.withdrawn).toBe(true)
  })

  it('is asked for once, and again after a failure', async () => {
    const responses: Record<string, NonNullable<Given['responses']>[string]> = {
      [PAGE]: new Error('reset')
    }
    const { client, asked } = connected({ responses })
    const file = lockedFile({ hash: 'a' })

    await expect(client.indexEntry(demo([file]), file)).rejects.toThrow('reset')
    responses[PAGE] = jsonPage({ [WHEEL]: 'a' })
    await Promise.all([client.indexEntry(demo([file]), file), client.locate(demo([file]), file)])

    expect(asked()).toEqual([PAGE, PAGE])
  })

  it.each([
    [
      'a login page',
      htmlPage('<html><a href="/login">Sign in</a></html>'),
      'HTML without a link to any file'
    ],
    [
      'another kind of answer',
      { body: Buffer.from('x'), headers: { 'content-type': 'text/plain' } },
      '"text/plain"'
    ],
    ['no content type', 'x', 'no content type'],
    [
      'damaged JSON',
      {
        body: Buffer.from('{'),
        headers: { 'content-type': 'application/vnd.pypi.simple.v1+json' }
      },
      'damaged JSON'
    ],
    [
      'the JSON of something else',
      { body: Buffer.from('{"files":[]}'), headers: { 'content-type': 'application/json' } },
      'JSON without an API version 1'
    ]
  ])('is not read out of %s', async (_title, page, found) => {
    const { client } = connected({ responses: { [PAGE]: page } })
    const file = lockedFile({ hash: 'a' })

    await expect(client.indexEntry(demo([file]), file)).rejects.toThrow(
      expect.objectContaining({
        code: 'SERVICE_RESPONSE_INVALID',
        reason: expect.stringContaining(found)
      })
    )
  })
})

describe('an address that the lock gives', () => {
  const url = FILES + WHEEL

  it.each([
    ['verified', 'the index has the same digest', { [WHEEL]: 'a' }, url],
    ['contradicted', 'the index has another digest', { [WHEEL]: 'b' }, url],
    ['unavailable', 'the index does not list the file any more', { [SOURCE]: 'b' }, url],
    [
      'contradicted',
      'the index never had such a file, nor files on that host',
      { [SOURCE]: 'b' },
      `https://evil.example/${WHEEL}`
    ]
  ])('is %s when %s', async (outcome, _title, files, address) => {
    const { client } = connected({ responses: { [PAGE]: jsonPage(files) } })
    const file = lockedFile({ name: WHEEL, url: address, hash: 'a' }, 'uv.lock')

    const evidence = await client.prove?.(demo([file]), file, file.digests)

    expect(evidence).toEqual([
      expect.objectContaining({ kind: 'index-digest', outcome, source: PAGE, file: WHEEL })
    ])
  })

  it('proves nothing where the lock gives none', async () => {
    const { client, asked } = connected({})
    const file = lockedFile({ name: WHEEL, hash: 'a' }, 'poetry.lock')

    expect(await client.prove?.(demo([file]), file, [])).toEqual([])
    expect(asked()).toEqual([])
  })
})

describe('the file that this machine installs', () => {
  const wheels = ['310', '312', '314'].map(
    (version) => `demo-1.0-cp${version}-cp${version}-manylinux_2_17_x86_64.whl`
  )
  const files = [...wheels, 'demo-1.0-cp312-cp312-win_amd64.whl', SOURCE].map((name, at) =>
    lockedFile({ name, hash: String(at) }, 'app/poetry.lock')
  )

  const selected = async (given: Given, component = demo(files)): Promise<readonly string[]> => {
    const { client } = connected(given)
    const names: string[] = []
    for (const file of component.files) {
      if (await client.selects(component, file))
        names.push(file.name ?? file.digests[0]?.hex[0] ?? '')
    }
    return names
  }

  it.each<[string, Given, string]>([
    ['the likeliest Python', {}, '314'],
    ['.python-version above', { files: { '.python-version': '# ours\n3.12.4\n' } }, '312'],
    [
      '.python-version beside',
      { files: { 'app/.python-version': 'cpython@3.10', '.python-version': '3.12' } },
      '310'
    ],
    ['setup-python', { env: { pythonLocation: '/opt/hostedtoolcache/Python/3.12.5/x64' } }, '312'],
    ['UV_PYTHON', { env: { UV_PYTHON: '3.10' } }, '310'],
    [
      'requires-python',
      { files: { 'app/pyproject.toml': '[project]\nrequires-python = ">=3.9,<3.13"' } },
      '312'
    ],
    [
      "Poetry's python",
      { files: { 'app/pyproject.toml': '[tool.poetry.dependencies]\npython = "~3.10"' } },
      '310'
    ],
    ['the Pipfile', { files: { 'app/Pipfile': '[requires]\npython_version = "3.10"' } }, '310'],
    [
      'a Python that the project does not allow',
      {
        files: { 'app/pyproject.toml': '[project]\nrequires-python = "<3.13"' },
        env: { UV_PYTHON: '3.14' }
      },
      '312'
    ]
  ])('follows %s', async (_title, given, version) => {
    expect(await selected(given)).toEqual([
      `demo-1.0-cp${version}-cp${version}-manylinux_2_17_x86_64.whl`
    ])
  })

  it('is the source when no wheel fits', async () => {
    expect(await selected({ files: { '.python-version': '3.9' } })).toEqual([SOURCE])
  })

  it.each([
    ["sys_platform == 'win32'", 0],
    ["sys_platform == 'linux'", 1],
    ["extra == 'socks'", 1],
    ['nonsense', 1]
  ])('with the marker %s is %d of them', async (marker, count) => {
    expect(await selected({}, demo(files, { marker }))).toHaveLength(count)
  })

  it('is found by the index where the lock has hashes only', async () => {
    const page = jsonPage({
      [SOURCE]: 'a',
      [WHEEL]: 'b',
      'demo-1.0-cp312-cp312-win_amd64.whl': 'c'
    })
    const hashes = ['a', 'b', 'c', 'f'].map((hash) => lockedFile({ hash }))

    expect(await selected({ responses: { [PAGE]: page } }, demo(hashes))).toEqual(['b'])
  })

  it('is none of hashes that the index does not know', async () => {
    const page = jsonPage({ [SOURCE]: 'a' })

    expect(
      await selected({ responses: { [PAGE]: page } }, demo([lockedFile({ hash: 'f' })]))
    ).toEqual([])
  })

  it('cannot be told from hashes without the index', async () => {
    const { client } = connected({ responses: { [PAGE]: new Error('offline') } })
    const file = lockedFile({ hash: 'a' })

    await expect(Promise.resolve(client.selects(demo([file]), file))).rejects.toThrow('offline')
  })
})
