import { describe, expect, it } from '@jest/globals'
import { parseTreeHead } from '../../src/formats/go-checksum-record.ts'
import { openNote, parseNoteKey } from '../../src/formats/signed-note.ts'
import { DEFAULT_GO_CHECKSUM_DATABASE } from '../../src/services/registry-defaults.ts'
import { testKey } from '../support/checksum-log.ts'

const TEXT = 'first line\nsecond line\n'
const KEY = testKey('sumdb.example')
const NOTE = KEY.sign(TEXT)

function opened(note: string, verifier: string = KEY.verifier): ReturnType<typeof openNote> {
  const key = parseNoteKey(verifier)
  if (!key) throw new Error(`No key: ${verifier}`)
  return openNote(note, key)
}

describe('tree heads of the public checksum database', () => {
  const name = DEFAULT_GO_CHECKSUM_DATABASE.split('+', 1)[0] ?? ''

  it.each([
    [
      30055305,
      'mXfgRcJ0bG0j3CPdKwgGWtUzBUbX67saZGRmFuJGGsM=',
      'Az3grpgEild5qw7+5dtV13Kf1C2Xurm8q4fhdxvcsDHnqNTaxL2AFjBY+2TyGKevucFcAAlWFJJYle3EJlDCrQ+y3A8='
    ],
    [
      65664258,
      'WVVNVD2qx+fTq31zkj6UAqxT5X6HvGphGM+o8Thnbsg=',
      'Az3grligJmgX7KGyGPKybykNTh3VgsbLvUuvOwrM5zLVlulmFp2wdvbxOw74/gcNxURShXEpb7RXcs3+BYflYN+w0gQ='
    ]
  ])('open with its key: %i', (size, root, signature) => {
    const text = `go.sum database tree\n${size}\n${root}\n`
    const note = `${text}\n\u2014 ${name} ${signature}\n`

    expect(opened(note, DEFAULT_GO_CHECKSUM_DATABASE)).toEqual({ kind: 'signed', text })
    expect(parseTreeHead(text)).toEqual({
      size,
      root: Buffer.from(root, 'base64').toString('hex')
    })
    expect(
      opened(note.replace(String(size), String(size + 1)), DEFAULT_GO_CHECKSUM_DATABASE)
    ).toMatchObject({
      kind: 'refused'
    })
  })
})

describe('a note', () => {
  it('opens with the key that signed it', () => {
    expect(opened(NOTE)).toEqual({ kind: 'signed', text: TEXT })
  })

  it('may have signatures of others, before and behind', () => {
    const other = testKey('other.example')
      .sign(TEXT)
      .slice(TEXT.length + 1)
    const own = NOTE.slice(TEXT.length + 1)

    expect(opened(`${TEXT}\n${other}${own}${other}`)).toEqual({ kind: 'signed', text: TEXT })
  })

  it.each([
    ['changed text', NOTE.replace('second', 'other!'), 'does not match'],
    ['another key of the same name', testKey('sumdb.example').sign(TEXT), 'not signed by'],
    ['another name', testKey('evil.example').sign(TEXT), 'not signed by'],
    ['an own name over the key', NOTE.replace('\u2014 sumdb', '\u2014 evil'), 'not signed by']
  ])('is refused: %s', (_title, note, reason) => {
    expect(opened(note)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) })
  })

  it('is refused by the first signature of the key, whatever a second says', () => {
    const own = NOTE.slice(TEXT.length + 1)
    const bad = KEY.sign('something else\n').slice('something else\n'.length + 1)

    expect(opened(`${TEXT}\n${bad}${own}`)).toMatchObject({ kind: 'refused' })
  })

  it.each([
    ['nothing', ''],
    ['a page', '<html>\n\n</html>\n'],
    ['no signature', `${TEXT}\n`],
    ['no line break at the end', NOTE.slice(0, -1)],
    ['a control character', NOTE.replace('first', 'fir\u0000t')],
    ['a signature that is too short', `${TEXT}\n\u2014 sumdb.example AAAA\n`],
    ['a signature that is no base64', `${TEXT}\n\u2014 sumdb.example ????????\n`],
    ['a hyphen for the dash', NOTE.replace('\u2014', '-')],
    ['many signatures', `${TEXT}\n${NOTE.slice(TEXT.length + 1).repeat(101)}`]
  ])('is none: %s', (_title, note) => {
    expect(opened(note)).toMatchObject({ kind: 'malformed' })
  })
})

describe('a key', () => {
  const [name = '', id = '', ...rest] = KEY.verifier.split('+')
  const encoded = rest.join('+')

  it('has an id that is bound to its name and bytes', () => {
    expect(parseNoteKey(KEY.verifier)).toMatchObject({ name, id })
    expect(parseNoteKey(`evil.example+${id}+${encoded}`)).toBeUndefined()
    expect(parseNoteKey(`${name}+00000000+${encoded}`)).toBeUndefined()
  })

  it.each(['', 'sumdb.example', 'a+b', `${name}+${id}`, `${name}+${id}+AAAA`, `+${id}+${encoded}`])(
    'is none: %j',
    (text) => expect(parseNoteKey(text)).toBeUndefined()
  )
})

describe('a tree head', () => {
  const root = Buffer.alloc(32, 7).toString('base64')

  it('may have more lines than we know', () => {
    expect(parseTreeHead(`go.sum database tree\n7\n${root}\nmore\n`)).toMatchObject({ size: 7 })
  })

  it.each([
    `other tree\n7\n${root}\n`,
    `go.sum database tree\n07\n${root}\n`,
    `go.sum database tree\n-7\n${root}\n`,
    `go.sum database tree\n99999999999999999999\n${root}\n`,
    `go.sum database tree\n7\n${root.slice(4)}\n`,
    `go.sum database tree\n7\n${root}`
  ])('is none: %j', (text) => expect(parseTreeHead(text)).toBeUndefined())
})
