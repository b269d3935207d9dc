import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { checkoutFiles } from '../../src/host/files.ts'
import { MAX_UNSEEN, type Walk } from '../../src/host/host.ts'
import { walk } from '../../src/host/walk.ts'

let outside: string
let root: string

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'assay-files-'))
  root = join(outside, 'root')
  mkdirSync(root)
})

afterEach(() => rmSync(outside, { recursive: true, force: true }))

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function walkAll(skip: (path: string) => boolean = () => false): Promise<Walk> {
  return checkoutFiles(root).walk(skip)
}

function invalidName(name: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/${name}`), Buffer.from([0xff])])
}

/** As a user without rights, where the tests run as root. */
async function unprivileged<T>(act: () => T | Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return act()
  process.seteuid?.(65_534)
  try {
    return await act()
  } finally {
    process.seteuid?.(0)
  }
}

describe('the walk', () => {
  it('lists files sorted, without .git and node_modules', async () => {
    for (const path of [
      'b',
      'a/c',
      'a/node_modules/x',
      '.git/config',
      'a/.git/config',
      '.github/x'
    ]) {
      write(path)
    }

    expect(await walkAll()).toEqual({
      paths: ['.github/x', 'a/c', 'b'],
      unseen: [],
      unseenCount: 0,
      irregular: [],
      repositories: ['a']
    })
  })

  it('leaves out what it is told to, asking for folders before it enters them', async () => {
    for (const path of ['keep/a', 'drop/a', 'drop/b/c', 'file']) write(path)
    const asked: string[] = []

    const { paths } = await walkAll((path) => {
      asked.push(path)
      return path === 'drop/' || path === 'file'
    })

    expect(paths).toEqual(['keep/a'])
    expect(asked.sort()).toEqual(['drop/', 'file', 'keep/', 'keep/a'])
  })

  it('follows a link to a file inside, and no other', async () => {
    write('real/package-lock.json', '{}')
    write('.git/config', 'secret')
    writeFileSync(join(outside, 'secret'), 'secret')
    const links = {
      inside: 'real/package-lock.json',
      outside: '../secret',
      absolute: '/etc/passwd',
      folder: 'real',
      up: '..',
      config: '.git/config',
      loop: 'loop',
      dangling: 'nothing',
      device: '/dev/zero'
    }
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name))

    expect((await walkAll()).paths).toEqual(['inside', 'real/package-lock.json'])
  })

  it('says which folders it may not open', async () => {
    write('closed/a')
    write('open/a')
    chmodSync(join(root, 'closed'), 0o000)
    chmodSync(outside, 0o755)

    const found = await unprivileged(() => walkAll())

    chmodSync(join(root, 'closed'), 0o755)
    expect(found.paths).toEqual(['open/a'])
    expect(found.unseen).toEqual([{ path: 'closed/', reason: 'EACCES: permission denied' }])
  })

  it('says which names are no UTF-8, and lists weird ones that are', async () => {
    if (process.platform !== 'linux') return
    const names = ['a b', '-rf', '::error::x', 'x\ny', 'ä', '\u202e', '"', '\uFFFD']
    for (const name of names) write(name)
    writeFileSync(invalidName('file'), '')
    mkdirSync(invalidName('folder'))

    const found = await walkAll()

    expect(found.paths).toEqual([...names].sort())
    expect(found.unseen.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'file\uFFFD', reason: 'its name is not UTF-8' },
      { path: 'folder\uFFFD/', reason: 'its name is not UTF-8' }
    ])
  })

  it('enters no folder deeper than 128, however deep they go', async () => {
    write(`${'d/'.repeat(1500)}bottom`)

    const found = await walkAll()

    expect(found.paths).toEqual([])
    expect(found.unseen).toEqual([{ path: 'd/'.repeat(129), reason: 'more than 128 folders deep' }])
  })

  it('ends at its limit and says so, naming no more places than it may', async () => {
    for (let folder = 0; folder < MAX_UNSEEN + 50; folder++) write(`folder-${folder}/a`)

    const found = await walk(root, { skip: () => false, isFile: () => false, maxEntries: 10 })

    expect(found.unseen.length).toBe(MAX_UNSEEN)
    expect(found.unseenCount).toBe(MAX_UNSEEN + 50)
    expect(found.unseen[0]?.reason).toBe(`the walk ended after ${MAX_UNSEEN + 50} entries`)
  })
})

describe('reading', () => {
  it.each([
    ['../secret'],
    ['a/../../secret'],
    ['/etc/passwd'],
    ['.git/config'],
    ['.GIT/config'],
    ['a/.git/config'],
    ['a/../.git/config'],
    ['link-to-config'],
    ['link-outside'],
    ['linked-folder/secret'],
    ['pipe'],
    ['a'],
    ['none'],
    ['with\0nul'],
    ['a/b/c']
  ])('gives nothing for %j', (path) => {
    write('.git/config', 'secret')
    write('.GIT/config', 'secret')
    write('a/.git/config', 'secret')
    write('a/b', 'text')
    writeFileSync(join(outside, 'secret'), 'secret')
    symlinkSync('.git/config', join(root, 'link-to-config'))
    symlinkSync('../secret', join(root, 'link-outside'))
    symlinkSync('..', join(root, 'linked-folder'))
    execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd: root })

    expect(checkoutFiles(root).readText(path, 1000)).toBeUndefined()
  })

  it('gives text, also through a link that stays inside', () => {
    write('a/b', 'text')
    symlinkSync('a/b', join(root, 'link'))

    expect(checkoutFiles(root).readText('a/b', 4)).toBe('text')
    expect(checkoutFiles(root).readText('link', 4)).toBe('text')
  })

  it('refuses a file that is too large or closed', async () => {
    write('a', 'text')
    chmodSync(join(root, 'a'), 0o000)
    chmodSync(outside, 0o755)
    const files = checkoutFiles(root)

    expect(() => files.readText('a', 3)).toThrow(
      expect.objectContaining({ code: 'FILE_TOO_LARGE' })
    )
    await unprivileged(() => {
      expect(() => files.readText('a', 4)).toThrow(
        expect.objectContaining({ code: 'FILE_UNREADABLE' })
      )
    })
  })

  it('hashes what it would read', async () => {
    write('a', 'text')
    write('.git/config', 'secret')
    const files = checkoutFiles(root)

    expect(await files.sha256('a')).toBe(createHash('sha256').update('text').digest('hex'))
    expect(await files.sha256('.git/config')).toBeUndefined()
    expect(await files.sha256('none')).toBeUndefined()
  })

  it('hands over bytes as they are, and no more than it may', async () => {
    const bytes = Buffer.alloc(3_000_000, '\xff\x00', 'latin1')
    write('big')
    writeFileSync(join(root, 'big'), bytes)
    const files = checkoutFiles(root)
    const chunks: Uint8Array[] = []
    const take = (chunk: Uint8Array): void => void chunks.push(chunk)

    expect(await files.readBytes('big', { maxBytes: 3_000_000, take })).toBe(3_000_000)
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
    await expect(files.readBytes('big', { maxBytes: 2_999_999, take })).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_TOO_LARGE' })
    )
  })

  it('hands over nothing from outside, out of `.git`, or of a folder', async () => {
    writeFileSync(join(outside, 'secret'), 'secret')
    write('.git/config', 'secret')
    write('a/b', 'text')
    symlinkSync(join(outside, 'secret'), join(root, 'link'))
    const files = checkoutFiles(root)
    const chunks: Uint8Array[] = []
    const take = (chunk: Uint8Array): void => void chunks.push(chunk)

    for (const path of ['../secret', 'link', '.git/config', 'a', 'none', join(outside, 'secret')]) {
      expect(await files.readBytes(path, { maxBytes: 100, take })).toBeUndefined()
    }
    expect(chunks).toEqual([])
  })

  it('hands over the bytes of a file as they are asked for, and anew each time', async () => {
    write('big', 'x'.repeat(3_000_000))
    const files = checkoutFiles(root)
    const read = async (path: string, maxBytes: number): Promise<readonly number[]> => {
      const lengths: number[] = []
      for await (const chunk of files.chunks(path, maxBytes)) lengths.push(chunk.length)
      return lengths
    }

    expect(await read('big', 3_000_000)).toEqual([1_048_576, 1_048_576, 902_848])
    expect(await read('big', 3_000_000)).toHaveLength(3)
    await expect(read('big', 2_999_999)).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_TOO_LARGE' })
    )
    await expect(read('.git/config', 100)).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_UNREADABLE' })
    )
    for await (const chunk of files.chunks('big', 3_000_000)) {
      expect(chunk[0]).toBe(120)
      break
    }
  })

  it('lists all that lies in a folder, and follows no link', () => {
    mkdirSync(join(outside, 'other'))
    writeFileSync(join(outside, 'other/x'), '')
    for (const path of ['p/z', 'p/a/b', 'p/node_modules/m', 'p/.git/config', 'q/c']) write(path)
    symlinkSync('z', join(root, 'p/link'))
    symlinkSync(join(outside, 'other'), join(root, 'p/out'))
    symlinkSync(join(root, 'p'), join(root, 'linked'))
    const files = checkoutFiles(root)

    expect(files.list('p', 100)).toEqual({
      entries: [
        { path: 'p/a/b', kind: 'file' },
        { path: 'p/link', kind: 'link' },
        { path: 'p/node_modules/m', kind: 'file' },
        { path: 'p/out', kind: 'link' },
        { path: 'p/z', kind: 'file' }
      ],
      partial: false
    })
    expect(files.list('p', 2).partial).toBe(true)
    expect(files.list('', 100).entries).toContainEqual({ path: 'q/c', kind: 'file' })
    expect(['p/z', 'p/link', 'p/out', 'p/a', 'none'].map((path) => files.kindOf(path))).toEqual([
      'file',
      'link',
      'link',
      undefined,
      undefined
    ])
    for (const path of ['linked/z', '../other/x', 'p/out/x', 'p/.git/config', 'p/z/y']) {
      expect(files.kindOf(path)).toBeUndefined()
    }
    for (const folder of ['linked', '../other', 'none', 'q/c', 'p/out']) {
      expect(files.list(folder, 100).entries).toEqual([])
    }
  })

  it('tells folders with something in them from others', () => {
    write('a/b')
    mkdirSync(join(root, 'empty'))
    const files = checkoutFiles(root)

    expect(['a', 'a/b', 'empty', 'none', '..'].filter((path) => files.isPopulated(path))).toEqual([
      'a'
    ])
  })
})
