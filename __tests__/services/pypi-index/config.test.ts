import { describe, expect, it } from '@jest/globals'
import type { Origin } from '../../../src/model/component.ts'
import { DEFAULT_REGISTRIES } from '../../../src/services/registry-defaults.ts'
import type { Given } from '../../support/fake-host.ts'
import { connected, demo, lockedFile, PUBLIC } from '../../support/pypi-project.ts'

/** What is asked for a file of `demo`, in order, when no index knows it. */
async function askedFor(
  given: Given,
  lock = 'requirements.txt',
  origin: Origin = { kind: 'registry' }
): Promise<readonly string[]> {
  const { client, asked } = connected(given, [lock])
  const file = lockedFile({ name: 'demo-1.0.tar.gz', hash: 'a' }, lock)
  await client.indexEntry(demo([file], { origin }), file)
  return asked().map((url) => url.replace(/demo\/$/, ''))
}

const A = 'https://a.registry.example/simple/'
const B = 'https://b.registry.example/simple/'
const HOME = '/home/user'

describe('the indexes for requirements', () => {
  it.each<[string, Given, readonly string[]]>([
    ['the public one', {}, [PUBLIC]],
    ['PIP_INDEX_URL', { env: { PIP_INDEX_URL: A } }, [A]],
    ['an address without a slash at its end', { env: { PIP_INDEX_URL: A.slice(0, -1) } }, [A]],
    ['PIP_EXTRA_INDEX_URL', { env: { PIP_EXTRA_INDEX_URL: `${A} ${B}` } }, [PUBLIC, A, B]],
    [
      "the user's pip.conf",
      {
        env: { HOME },
        machineFiles: {
          [`${HOME}/.config/pip/pip.conf`]: `[global]\nindex_url = ${A}\nextra-index-url =\n  ${B}\n`
        }
      },
      [A, B]
    ],
    [
      'the environment before any file',
      {
        env: { HOME, PIP_INDEX_URL: B },
        machineFiles: { [`${HOME}/.config/pip/pip.conf`]: `[global]\nindex-url = ${A}\n` }
      },
      [B]
    ],
    [
      'PIP_CONFIG_FILE before the user, [install] before [global]',
      {
        env: { HOME, PIP_CONFIG_FILE: '/etc/ours.conf' },
        machineFiles: {
          [`${HOME}/.pip/pip.conf`]: '[global]\nindex-url = https://never.example/\n',
          '/etc/ours.conf': `[install]\nindex-url: ${B}\n[global]\nindex-url: ${A}\n`
        }
      },
      [B]
    ],
    [
      'no file at all with PIP_CONFIG_FILE=/dev/null',
      {
        env: { HOME, PIP_CONFIG_FILE: '/dev/null' },
        machineFiles: { [`${HOME}/.pip/pip.conf`]: `[global]\nindex-url = ${A}\n` }
      },
      [PUBLIC]
    ],
    [
      'options of the file',
      {
        env: { PIP_INDEX_URL: 'https://never.example/' },
        files: { 'requirements.txt': `--index-url ${A}\n--extra-index-url=${B}\ndemo==1.0\n` }
      },
      [A, B]
    ],
    [
      'options of a file that it includes',
      { files: { 'requirements.txt': '-r base.txt\n', 'base.txt': `-i ${A}\n` } },
      [A]
    ],
    [
      'pages of links only, with --no-index',
      {
        env: { PIP_EXTRA_INDEX_URL: A },
        files: {
          'requirements.txt':
            '--no-index\n--find-links https://links.registry.example/all.html\n-f ./wheels\n'
        }
      },
      ['https://links.registry.example/all.html']
    ],
    ['UV_DEFAULT_INDEX', { env: { UV_DEFAULT_INDEX: A, UV_INDEX: `mine=${B}` } }, [A, B]],
    [
      "uv's tables of the project",
      {
        files: {
          'pyproject.toml': `[[tool.uv.index]]\nurl = "${B}"\n[[tool.uv.index]]\nurl = "${A}"\ndefault = true\n`
        }
      },
      [A, B]
    ],
    [
      'uv.toml, which hides them',
      {
        files: {
          'pyproject.toml': '[[tool.uv.index]]\nurl = "https://never.example/"\n',
          'uv.toml': `extra-index-url = ["${A}"]\n`
        }
      },
      [PUBLIC, A]
    ]
  ])('are %s', async (_title, given, indexes) => {
    expect(await askedFor(given)).toEqual(indexes)
  })

  it('are those of the file that includes, for an included one', async () => {
    const files = { 'requirements.txt': `-i ${A}\n-r base.txt\n`, 'base.txt': 'demo==1.0\n' }
    const { client, asked } = connected({ files })
    const file = lockedFile({ hash: 'a' }, 'base.txt')

    await client.indexEntry(demo([file]), file)

    expect(asked()).toEqual([`${A}demo/`])
  })
})

function named(url: string): Origin {
  return { kind: 'registry', url }
}

describe('the indexes for other locks', () => {
  it.each<[string, string, Given, Origin, readonly string[]]>([
    ['what uv.lock names', 'uv.lock', { env: { PIP_INDEX_URL: B } }, named(A), [A]],
    [
      'the public one by any name',
      'Pipfile.lock',
      {},
      named('https://pypi.python.org/simple'),
      [PUBLIC]
    ],
    [
      "Pipenv's mirror of it",
      'Pipfile.lock',
      { env: { PIPENV_PYPI_MIRROR: A } },
      named(DEFAULT_REGISTRIES.PyPI.replace(/\/$/, '')),
      [A]
    ],
    ['what Pipfile.lock names', 'Pipfile.lock', { env: { PIPENV_PYPI_MIRROR: B } }, named(A), [A]],
    ['what poetry.lock names', 'poetry.lock', {}, named(A), [A]],
    [
      "the public one for Poetry, whatever pip's say",
      'poetry.lock',
      { env: { PIP_INDEX_URL: A } },
      { kind: 'registry' },
      [PUBLIC]
    ],
    [
      "PDM's sources, one of which may take the public one's place",
      'pdm.lock',
      {
        files: {
          'pyproject.toml': `[[tool.pdm.source]]\nname = "b"\nurl = "${B}"\n[[tool.pdm.source]]\nname = "pypi"\nurl = "${A}"\n`
        }
      },
      { kind: 'registry' },
      [A, B]
    ],
    ['PDM_PYPI_URL', 'pdm.lock', { env: { PDM_PYPI_URL: A } }, { kind: 'registry' }, [A]],
    ['what pylock.toml names', 'pylock.dev.toml', { env: { PIP_INDEX_URL: B } }, named(A), [A]],
    [
      "pip's for pylock.toml",
      'pylock.toml',
      { env: { PIP_INDEX_URL: A } },
      { kind: 'registry' },
      [A]
    ],
    [
      'a page of links',
      'uv.lock',
      {},
      named('https://a.registry.example/torch.html'),
      ['https://a.registry.example/torch.html']
    ]
  ])('are %s', async (_title, lock, given, origin, indexes) => {
    expect(await askedFor(given, lock, origin)).toEqual(indexes)
  })
})

describe('an index that cannot be asked', () => {
  it('is one of too many: a checkout cannot have us ask without end', async () => {
    const urls = Array.from(
      { length: 1000 },
      (_, at) => `--extra-index-url https://i${at}.example/`
    )
    const { client, asked } = connected({ files: { 'requirements.txt': urls.join('\n') } })
    const file = lockedFile({ hash: 'a' })

    await expect(client.indexEntry(demo([file]), file)).rejects.toThrow('more than 16')
    expect(asked()).toHaveLength(16)
  })

  it('is an error when no other has the file', async () => {
    const responses = { [`${A}demo/`]: new Error('down') }
    const { client, asked } = connected({
      env: { PIP_INDEX_URL: A, PIP_EXTRA_INDEX_URL: B },
      responses
    })
    const file = lockedFile({ hash: 'a' })

    await expect(client.indexEntry(demo([file]), file)).rejects.toThrow('down')
    expect(asked()).toEqual([`${A}demo/`, `${B}demo/`])
  })

  it.each([
    ['a folder on disk', 'file:///srv/wheels/', 'no http or https address'],
    // oxlint-disable-next-line no-template-curly-in-string
    [
      'an address with a variable',
      'https://${SECRET}.evil.example/simple',
      'variables of the environment'
    ],
    [
      'an address with a variable in its path',
      'https://evil.example/$SECRET/',
      'variables of the environment'
    ]
  ])('is never replaced by the public one: %s', async (_title, url, reason) => {
    const { client, asked } = connected({
      env: { SECRET: 's3cret-s3cret' },
      files: { 'requirements.txt': `--index-url ${url}\n` }
    })
    const file = lockedFile({ hash: 'a' })

    await expect(client.indexEntry(demo([file]), file)).rejects.toThrow(reason)
    expect(asked()).toEqual([])
  })

  it('says which file of configuration is damaged', async () => {
    const { client } = connected({ files: { 'pyproject.toml': '[tool' } })
    const file = lockedFile({ hash: 'a' })

    await expect(client.indexEntry(demo([file]), file)).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIG_SYNTAX', line: 1 })
    )
  })
})
