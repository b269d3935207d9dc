import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { h1OfGoMod, h1OfModuleZip } from '../../src/formats/go-dirhash.ts'
import { readZip, unpack } from '../../src/formats/zip.ts'
import { type ZipInput, zipOf, type ZipOptions } from '../support/module-zip.ts'

const PREFIX = 'a.example/b@v1.0.0/'

const FILES: readonly ZipInput[] = [
  { name: `${PREFIX}z.go`, data: 'package b\n' },
  { name: `${PREFIX}go.mod`, data: 'module a.example/b\n', method: 0 },
  { name: `${PREFIX}empty`, data: '' },
  { name: `${PREFIX}dir/é.txt`, data: 'x'.repeat(100_000) },
  { name: `${PREFIX}dir-1/a`, data: 'dash sorts before slash' }
]

/** The definition, word for word. */
function h1ByDefinition(files: readonly ZipInput[]): string {
  const lines = files.map(({ name, data = '' }) => ({
    name: Buffer.from(name),
    hex: createHash('sha256').update(data).digest('hex')
  }))
  lines.sort((a, b) => Buffer.compare(a.name, b.name))
  const list = lines.map(({ name, hex }) =>
    Buffer.concat([Buffer.from(`${hex}  `), name, Buffer.from('\n')])
  )
  return createHash('sha256').update(Buffer.concat(list)).digest('hex')
}

function h1(inputs: readonly ZipInput[], options: ZipOptions = {}): string {
  return h1OfModuleZip(zipOf(inputs, options), PREFIX).hex
}

describe('the hash of a module zip', () => {
  it.each<readonly [string, ZipOptions]>([
    ['plain', {}],
    ['zip64', { zip64: true }],
    ['with a comment', { comment: 'made by hand' }]
  ])('is that of the sorted list of files: %s', (_title, options) => {
    expect(h1(FILES, options)).toBe(h1ByDefinition(FILES))
  })

  it('does not depend on the order of the entries', () => {
    expect(h1(FILES.toReversed())).toBe(h1(FILES))
  })

  it('counts the entry of a folder, as Go does', () => {
    const folder = { name: `${PREFIX}dir/` }

    expect(h1([...FILES, folder])).toBe(h1ByDefinition([...FILES, folder]))
  })

  it('sorts names by bytes where UTF-16 sorts otherwise', () => {
    const names = ['\u{1f600}', '\uffee', 'é', 'z'].map((name) => ({ name: `${PREFIX}${name}` }))

    expect(h1(names)).toBe(h1ByDefinition(names))
  })

  it('keeps names that are not UTF-8 as they are', () => {
    const names = [0xff, 0xfe].map((byte) => ({
      name: Buffer.from([...Buffer.from(PREFIX), byte])
    }))

    expect(h1(names)).toBe(h1ByDefinition(names))
  })
})

it('hashes go.mod under its bare name', () => {
  // rsc.io/quote v1.5.2/go.mod, as go.sum lists it.
  const text = 'module "rsc.io/quote"\n\nrequire "rsc.io/sampler" v1.3.0\n'

  expect(Buffer.from(h1OfGoMod(Buffer.from(text)).hex, 'hex').toString('base64')).toBe(
    'LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0='
  )
})

describe('an archive that is no zip of the module', () => {
  const data = 'x'.repeat(1000)

  it.each<readonly [string, readonly ZipInput[], ZipOptions, string]>([
    ['another module', [{ name: 'a.example/c@v1.0.0/x' }], {}, 'outside of the module'],
    ['another version', [{ name: 'a.example/b@v1.0.1/x' }], {}, 'outside of the module'],
    ['a climbing name', [{ name: `${PREFIX}../x` }], {}, 'leads elsewhere'],
    ['a dot', [{ name: `${PREFIX}./x` }], {}, 'leads elsewhere'],
    ['an empty element', [{ name: `${PREFIX}a//x` }], {}, 'leads elsewhere'],
    ['a backslash', [{ name: `${PREFIX}a\\x` }], {}, 'character'],
    ['a line break', [{ name: `${PREFIX}x\n00  y` }], {}, 'character'],
    ['the same name twice', [{ name: `${PREFIX}x` }, { name: `${PREFIX}x` }], {}, 'twice'],
    ['an encrypted entry', [{ name: `${PREFIX}x`, flags: 0x9 }], {}, 'encrypted'],
    ['another method', [{ name: `${PREFIX}x`, data, method: 12 }], {}, 'method 12'],
    [
      'a smaller size than real',
      [{ name: `${PREFIX}x`, data, size: 998 }],
      {},
      'cannot be unpacked'
    ],
    ['a larger size than real', [{ name: `${PREFIX}x`, data, size: 1001 }], {}, '1000 bytes'],
    [
      'a stored size that differs',
      [{ name: `${PREFIX}x`, data, method: 0, size: 5 }],
      {},
      '1000 bytes'
    ],
    [
      'damaged data',
      [{ name: `${PREFIX}x`, packed: Buffer.from('never deflate'), size: 9 }],
      {},
      'cannot be unpacked'
    ],
    [
      'data that ends early',
      [{ name: `${PREFIX}x`, packed: deflateRawSync(data).subarray(0, -3), size: 1000 }],
      {},
      'cannot be unpacked'
    ],
    [
      'data inside the directory',
      [{ name: `${PREFIX}x`, packedSize: 1e6 }],
      {},
      'before the directory'
    ],
    ['an offset that leads nowhere', [{ name: `${PREFIX}x`, data, offset: 3 }], {}, 'no header'],
    ['an offset beyond the end', [{ name: `${PREFIX}x`, offset: 1e9 }], {}, 'before the directory'],
    ['fewer entries than it has', FILES, { count: 4 }, 'more entries'],
    ['more entries than it has', FILES, { count: 6 }, 'damaged']
  ])('is refused: %s', (_title, inputs, options, reason) => {
    expect(() => h1(inputs, options)).toThrow(
      expect.objectContaining({
        code: 'SERVICE_RESPONSE_INVALID',
        message: expect.stringContaining(reason)
      })
    )
  })

  it('is refused with something in front that shifts all offsets', () => {
    const archive = Buffer.concat([Buffer.from('#!/bin/sh\n'), zipOf(FILES)])

    expect(() => h1OfModuleZip(archive, PREFIX)).toThrow('its directory ends at byte')
  })

  it('is refused at every length that it can be cut to', () => {
    const archive = zipOf(FILES.slice(0, 3))

    for (let length = 0; length < archive.length; length++) {
      expect(() => h1OfModuleZip(archive.subarray(0, length), PREFIX)).toThrow(
        expect.objectContaining({ code: 'SERVICE_RESPONSE_INVALID' })
      )
    }
  })

  it('is refused or hashed to the same, whichever byte is changed', () => {
    const archive = zipOf(FILES.slice(0, 3))
    const right = h1OfModuleZip(archive, PREFIX).hex
    const outcomes = new Set<string>()

    for (const [at, byte] of archive.entries()) {
      const changed = Buffer.from(archive)
      changed[at] = byte ^ 0x55
      outcomes.add(outcomeOf(changed, right))
    }

    // Times, attributes and checksums are no part of the hash.
    expect([...outcomes].sort()).toEqual([
      'SERVICE_LIMIT_EXCEEDED',
      'SERVICE_RESPONSE_INVALID',
      'other',
      'same'
    ])
  })
})

describe('a bomb', () => {
  it('is refused by the sizes that it declares, before anything is unpacked', () => {
    const inputs = [300, 300].map((size, at) => ({
      name: `${PREFIX}${at}`,
      size: size * 1024 * 1024
    }))

    expect(() => h1OfModuleZip(zipOf(inputs), PREFIX)).toThrow(
      expect.objectContaining({ code: 'SERVICE_LIMIT_EXCEEDED' })
    )
  })

  it('is not unpacked beyond the size that it declares', () => {
    const zeros = deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
    const before = process.memoryUsage().arrayBuffers

    expect(() => h1([{ name: `${PREFIX}x`, packed: zeros, size: 10 }])).toThrow(
      'cannot be unpacked'
    )
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024)
  })

  it('of many entries over the same bytes is bounded by their sum', () => {
    const data = 'x'.repeat(1024 * 1024)
    const first = { name: `${PREFIX}0`, data, method: 0 }
    const others = Array.from({ length: 600 }, (_, at) => ({
      name: `${PREFIX}${at + 1}`,
      packed: Buffer.alloc(0),
      method: 0,
      offset: 0,
      size: data.length,
      packedSize: data.length
    }))

    expect(() => h1([first, ...others])).toThrow(
      expect.objectContaining({ code: 'SERVICE_LIMIT_EXCEEDED' })
    )
  })

  it('of more entries than any module has is refused unread', () => {
    expect(() => readZip(zipOf([], { zip64: true, count: 1_000_001 }), 1)).toThrow(
      expect.objectContaining({ code: 'SERVICE_LIMIT_EXCEEDED' })
    )
  })
})

it('reads views that do not begin where their memory does', () => {
  const archive = zipOf([{ name: 'x', data: 'text' }])
  const view = new Uint8Array(archive.length + 7).subarray(7)
  view.set(archive)

  const [entry] = readZip(view, 100)

  expect(entry && Buffer.from(unpack(view, entry)).toString()).toBe('text')
})

function outcomeOf(archive: Buffer, right: string): string {
  try {
    return h1OfModuleZip(archive, PREFIX).hex === right ? 'same' : 'other'
  } catch (error) {
    return error !== null && typeof error === 'object' && 'code' in error
      ? String(error.code)
      : String(error)
  }
}
