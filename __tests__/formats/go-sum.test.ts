import { expect, it } from '@jest/globals'
import { parseGoSum } from '../../src/formats/go-sum.ts'

const HASH = 'h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y='

it('tells the hash of a zip from that of a go.mod file', () => {
  const text = `a.example v1.0.0 ${HASH}\r\n\na.example v1.0.0/go.mod ${HASH}\n`

  const lines = parseGoSum({ path: 'go.sum', text })

  expect(lines.map(({ version, file, location }) => [version, file, location.line])).toEqual([
    ['v1.0.0', 'zip', 1],
    ['v1.0.0', 'go.mod', 3]
  ])
  expect(lines[0]?.digest).toEqual({
    algorithm: 'h1',
    hex: 'c397dccac8ebc7bcaab43fda3be43046361938a9da33d521d9be34b44953b376'
  })
})

it('leaves out hashes of later algorithms, as go does', () => {
  expect(parseGoSum({ path: 'go.sum', text: 'a.example v1.0.0 h2:whatever' })).toEqual([])
})

it.each([
  ['a.example v1.0.0', 'found 2 fields'],
  [`a.example v1.0.0 ${HASH} more`, 'found 4 fields'],
  ['a.example v1.0.0 sha256:00', 'begins with h1:'],
  ['a.example v1.0.0 h1:AAAA', '32 bytes'],
  ['a.example v1.0.0 h1:not-base64', '32 bytes'],
  ['<<<<<<< HEAD', 'conflict markers']
])('refuses %j', (line, reason) => {
  expect(() => parseGoSum({ path: 'x/go.sum', text: `b.example v1.0.0 ${HASH}\n${line}` })).toThrow(
    expect.objectContaining({
      code: 'LOCKFILE_SYNTAX',
      line: 2,
      path: 'x/go.sum',
      message: expect.stringContaining(reason)
    })
  )
})
