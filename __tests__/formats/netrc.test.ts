import { expect, it } from '@jest/globals'
import { netrcEntry } from '../../src/formats/netrc.ts'

const TEXT = `
machine other.example login o password p
macdef init
machine proxy.example login macro password macro

machine proxy.example
  login user
  password secret
machine proxy.example login second password second
machine __proto__ login a password b
default login anybody password anything
machine late.example login a password b
`

it.each([
  ['other.example', { login: 'o', password: 'p' }],
  ['proxy.example', { login: 'user', password: 'secret' }],
  ['__proto__', { login: 'a', password: 'b' }],
  ['late.example', undefined],
  ['proxy.example.evil', undefined],
  ['', undefined]
])('finds the entry of %j', (host, expected) => {
  expect(netrcEntry(TEXT, host)).toEqual(expected)
})

it('takes no entry that is incomplete', () => {
  expect(netrcEntry('machine a.example login x', 'a.example')).toBeUndefined()
  expect(
    netrcEntry('machine a.example login x machine b.example password y', 'a.example')
  ).toBeUndefined()
})
