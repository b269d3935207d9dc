import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { logLine, plainLines, plainText } from '../../src/model/plain-text.ts'

it.each([
  ['left-pad', 'left-pad'],
  ['größe 日本 🎉', 'größe 日本 🎉'],
  ['a\nb\r\nc\td', 'a\\nb\\r\\nc\\td'],
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\u009b31m', '\\x9b31m'],
  ['gnp\u202e.exe', 'gnp\\u202e.exe'],
  ['a\u2066b\u2069', 'a\\u2066b\\u2069'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['lone \ud800 surrogate', 'lone \\ud800 surrogate'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  ['two\u2028lines', 'two\\u2028lines'],
  ['\u0000', '\\x00']
])('writes out what cannot be seen in %j', (text, shown) => {
  expect(plainText(text)).toBe(shown)
})

it('cuts what is too long, and says so', () => {
  const shown = plainText('x'.repeat(1_000_000))

  expect(shown).toHaveLength(500)
  expect(shown.endsWith('x…')).toBe(true)
})

it('does not leave half a character at the cut', () => {
  expect(plainText('ab😀', 4)).toBe('ab😀')
  expect(plainText('ab😀cd', 4)).toBe('ab…')
})

it('keeps the lines of a text that has lines', () => {
  expect(plainLines('a\r\n\tb\u001b[2J\nc', 100)).toBe('a\n  b\\x1b[2J\nc')
})

it.each([
  ['::error::gone', '\\::error::gone'],
  ['  ::add-mask::x', '\\  ::add-mask::x'],
  ['\u00a0\u3000::stop-commands::x', '\\\u00a0\u3000::stop-commands::x'],
  ['\n::set-output name=a::b', '\\n::set-output name=a::b'],
  ['\u0085::error::x', '\\x85::error::x'],
  ['x ##[add-mask]y', 'x ##\\[add-mask]y'],
  ['crate::module', 'crate::module']
])('keeps %j from being a workflow command', (text, line) => {
  expect(logLine(text)).toBe(line)
})

it('never gives a workflow command or a second line, whatever it is given', () => {
  const pieces = fc.constantFrom('::', '##[', '\n', '\r', ' ', '\u0085', '\u2028', 'error', '\\')
  const hostile = fc.array(fc.oneof(pieces, fc.string())).map((parts) => parts.join(''))

  fc.assert(
    fc.property(hostile, (text) => {
      const line = logLine(text)
      return !line.trim().startsWith('::') && !line.includes('##[') && !/[\n\r\u0085]/.test(line)
    })
  )
})
