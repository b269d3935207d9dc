import { describe, expect, it } from '@jest/globals'
import { TRUSTED_ROOT_TARGET } from '../../src/services/registry-defaults.ts'
import { sigstoreSeed } from '../../src/services/sigstore-seed.ts'
import { sigstoreTargets } from '../../src/services/sigstore-targets.ts'
import { tufTargets } from '../../src/services/sigstore-tuf.ts'
import { fakeHost } from '../support/fake-host.ts'
import { tufKey, type TufOptions, tufRepository } from '../support/signed/tuf.ts'

const URL_OF = 'https://tuf.example'
const CONTENTS = { 'a.json': '{"a":1}', 'b/c.json': '{"c":2}' }
const PATHS = Object.keys(CONTENTS)

interface Changes {
  readonly options?: TufOptions
  /** Files that are put in the place of others, or taken away. */
  readonly files?: Readonly<Record<string, string | undefined>>
  readonly paths?: readonly string[]
}

function fetchTargets({ options, files = {}, paths = PATHS }: Changes = {}): Promise<
  ReadonlyMap<string, unknown>
> {
  const repository = tufRepository(CONTENTS, options)
  const served = Object.entries({ ...repository.files, ...files }).flatMap(([name, text]) =>
    text === undefined ? [] : [[`${URL_OF}/${name}`, text] as const]
  )
  const { http } = fakeHost({ responses: Object.fromEntries(served) })
  const { signal } = new AbortController()
  const now = new Date('2026-01-02T03:04:05Z')
  return tufTargets({ http, repository: URL_OF, root: repository.root, now, signal }, paths)
}

describe('targets of a TUF repository', () => {
  it('are found in the top role and in one that it delegates to', async () => {
    expect([...(await fetchTargets())]).toEqual([
      ['a.json', { a: 1 }],
      ['b/c.json', { c: 2 }]
    ])
  })

  it('are found after the root has changed its key', async () => {
    const options = { newRootKey: tufKey() }

    expect((await fetchTargets({ options })).size).toBe(2)
  })

  it('are found without a new root', async () => {
    expect((await fetchTargets({ files: { '2.root.json': undefined } })).size).toBe(2)
  })

  const past = '2026-01-01T00:00:00Z'

  it.each<[string, Changes, string | RegExp]>([
    [
      'a new root that the old one does not vouch for',
      { options: { newRootKey: tufKey(), unvouched: true } },
      /root/
    ],
    ['a root that has expired', { options: { expires: { root: past } } }, 'root.json has expired'],
    [
      'a timestamp that has expired',
      { options: { expires: { timestamp: past } } },
      'timestamp.json has expired'
    ],
    [
      'a snapshot that has expired',
      { options: { expires: { snapshot: past } } },
      '1.snapshot.json has expired'
    ],
    [
      'targets that have expired',
      { options: { expires: { targets: past } } },
      '1.targets.json has expired'
    ],
    [
      'a delegated role that has expired',
      { options: { expires: { below: past } } },
      '1.below.json has expired'
    ],
    ['a timestamp by another key', { options: { signedBy: { timestamp: tufKey() } } }, /timestamp/],
    ['a snapshot by another key', { options: { signedBy: { snapshot: tufKey() } } }, /snapshot/],
    ['targets by another key', { options: { signedBy: { targets: tufKey() } } }, /targets/],
    ['a delegated role by another key', { options: { signedBy: { below: tufKey() } } }, /below/],
    [
      'another version of the snapshot',
      { options: { listed: { snapshot: 2 } } },
      '2.snapshot.json is of version 1'
    ],
    [
      'another version of the targets',
      { options: { listed: { targets: 2 } } },
      '2.targets.json is of version 1'
    ],
    [
      'another version of a delegated role',
      { options: { listed: { below: 3 } } },
      '3.below.json is of version 1'
    ],
    [
      'no timestamp',
      { files: { 'timestamp.json': undefined } },
      'the repository has no timestamp.json'
    ],
    ['no JSON', { files: { 'timestamp.json': '<html>' } }, /JSON/],
    ['a list', { files: { 'timestamp.json': '[]' } }, 'timestamp.json is no JSON object'],
    ['an empty object', { files: { 'timestamp.json': '{}' } }, /signed|signatures|malformed/],
    ['no such target', { paths: ['d.json'] }, 'there is no target "d.json"'],
    ['a target that is a name of every object', { paths: ['__proto__'] }, 'there is no target']
  ])('are refused with %s', async (_what, changes, message) => {
    await expect(fetchTargets(changes)).rejects.toThrow(message)
  })

  it('are refused with other bytes', async () => {
    const { files } = tufRepository(CONTENTS)
    const name = Object.keys(files).find((path) => path.endsWith('.a.json')) ?? ''

    await expect(fetchTargets({ files: { [name]: '{"a":9}' } })).rejects.toThrow('other bytes')
  })
})

describe('trust material', () => {
  it('is what came with Assay when the repository cannot be reached, and says so', async () => {
    const { signal } = new AbortController()
    const seed = await sigstoreSeed()

    const targets = await sigstoreTargets(fakeHost(), signal)

    expect(targets.asOf).toBe(seed.takenAt)
    expect(targets.frozen).toMatch(/: the repository has no timestamp.json$/)
    expect(targets.target(TRUSTED_ROOT_TARGET)).toEqual(seed.target(TRUSTED_ROOT_TARGET))
    expect(targets.target('__proto__')).toBeUndefined()
  })

  it('begins with a root that signs itself', async () => {
    const seed = await sigstoreSeed()
    const { http } = fakeHost()
    const { signal } = new AbortController()
    const source = {
      http,
      repository: seed.repository,
      root: seed.root,
      now: new Date('2026-12-01'),
      signal
    }

    await expect(tufTargets(source, [])).rejects.toThrow('the repository has no timestamp.json')
  })
})
