import { describe, expect, it } from '@jest/globals'
import { cpuMs } from '../../support/cpu-time.ts'
import { parseSimplePage, type SimplePage } from '../../../src/formats/python/simple-index.ts'

const URL_OF_PAGE = 'https://index.example/simple/demo/'
const SHA = 'a'.repeat(64)

function html(text: string): SimplePage {
  return parseSimplePage({ url: URL_OF_PAGE, contentType: 'text/html; charset=utf-8', text })
}

function json(value: unknown, contentType = 'application/vnd.pypi.simple.v1+json'): SimplePage {
  return parseSimplePage({ url: URL_OF_PAGE, contentType, text: JSON.stringify(value) })
}

describe('a link on an HTML page', () => {
  it.each([
    [
      'absolute',
      `<a href="https://files.example/demo-1.0.zip#sha256=${SHA}">x</a>`,
      'https://files.example/demo-1.0.zip'
    ],
    [
      'relative',
      `<a href="../../files/demo-1.0.zip#sha256=${SHA}">x</a>`,
      'https://index.example/files/demo-1.0.zip'
    ],
    [
      'without a scheme',
      `<a href='//files.example/demo-1.0.zip#sha256=${SHA}'>x</a>`,
      'https://files.example/demo-1.0.zip'
    ],
    [
      'without quotes',
      `<A HREF=demo-1.0.zip#sha256=${SHA} rel=internal>x</A>`,
      'https://index.example/simple/demo/demo-1.0.zip'
    ],
    [
      'with other attributes and lines',
      `<a\n class="x>y"\n href = "demo-1.0.zip#sha256=${SHA}"\n>x</a>`,
      'https://index.example/simple/demo/demo-1.0.zip'
    ],
    [
      'escaped',
      `<a href="https://files.example/demo-1.0.zip?a=1&amp;b=2&#x23;sha256&#61;${SHA}">x</a>`,
      'https://files.example/demo-1.0.zip?a=1&b=2'
    ],
    [
      'below a base',
      `<base href="https://files.example/d/"><a href="demo-1.0.zip#sha256=${SHA}">x</a>`,
      'https://files.example/d/demo-1.0.zip'
    ]
  ])('is read when it is %s', (_title, text, url) => {
    expect(html(`<!doctype html><html><body>${text}</body></html>`)).toEqual({
      kind: 'files',
      files: [
        { name: 'demo-1.0.zip', url, digests: [{ algorithm: 'sha256', hex: SHA }], yanked: false }
      ]
    })
  })

  it.each([
    ['no file', '<a href="/simple/other/">other</a>'],
    ['a script', '<a href="javascript:alert(1)//demo-1.0.zip">x</a>'],
    ['a comment', `<!-- <a href="demo-1.0.zip#sha256=${SHA}">x</a> -->`],
    ['no address', '<a name="demo-1.0.zip">x</a>']
  ])('is none when it is %s', (_title, text) => {
    expect(html(text)).toEqual({ kind: 'unreadable', found: 'HTML without a link to any file' })
  })

  it('has its file name unescaped, every digest, and says that it was yanked', () => {
    const page = html(
      `<a href="demo-1.0%2Bcpu.zip#sha512=${SHA}${SHA}&amp;egg=x&amp;md5=zz" data-yanked="">x</a>`
    )

    expect(page).toEqual({
      kind: 'files',
      files: [
        expect.objectContaining({
          name: 'demo-1.0+cpu.zip',
          digests: [{ algorithm: 'sha512', hex: SHA + SHA }],
          yanked: true
        })
      ]
    })
  })
})

describe('a JSON page', () => {
  it('is read', () => {
    const files = [
      {
        filename: 'demo-1.0.zip',
        url: '/f/demo-1.0.zip',
        hashes: { sha256: SHA, blake3: 'ff' },
        yanked: 'broken'
      },
      { filename: 'demo-1.1.zip', url: 'demo-1.1.zip', hashes: {} },
      { filename: 1, url: 'x' },
      'nonsense'
    ]

    expect(json({ meta: { 'api-version': '1.3' }, name: 'demo', files })).toEqual({
      kind: 'files',
      files: [
        {
          name: 'demo-1.0.zip',
          url: 'https://index.example/f/demo-1.0.zip',
          digests: [{ algorithm: 'sha256', hex: SHA }],
          yanked: true
        },
        { name: 'demo-1.1.zip', url: `${URL_OF_PAGE}demo-1.1.zip`, digests: [], yanked: false }
      ]
    })
  })

  it.each([
    ['of another version', { meta: { 'api-version': '2.0' }, files: [] }],
    ['of something else', { message: 'sign in' }],
    ['that is no object', null]
  ])('is not one %s', (_title, value) => {
    expect(json(value)).toEqual({ kind: 'unreadable', found: 'JSON without an API version 1' })
  })

  it('may have no files: that is an answer', () => {
    expect(json({ meta: { 'api-version': '1.0' }, files: [] }, 'application/json')).toEqual({
      kind: 'files',
      files: []
    })
  })
})

it.each([
  '<a '.repeat(200_000),
  `<a ${'x '.repeat(400_000)}`,
  '<!--'.repeat(200_000),
  `<a href="${'&'.repeat(500_000)}`,
  '<a href=x'.repeat(100_000)
])('takes no more than a moment for a hostile page: %#', (text) => {
  let page: SimplePage | undefined

  const ms = cpuMs(() => {
    page = html(text)
  })

  expect(page?.kind).toBe('unreadable')
  expect(ms).toBeLessThan(1500)
})
