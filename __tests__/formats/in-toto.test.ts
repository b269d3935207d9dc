import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  COSIGN_SIGN,
  MAX_SUBJECTS,
  renderImageSignature,
  renderStatement,
  statementIn
} from '../../src/formats/in-toto.ts'
import type { Subject } from '../../src/model/subject.ts'

const HEX = '0123456789abcdef'.repeat(4)

function subject(name: string, hex = HEX): Subject {
  return { name, digest: { algorithm: 'sha256', hex } }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

describe('renderStatement', () => {
  it('writes a statement of version 1, its predicate as it is', () => {
    const subjects = [
      subject('dist/app.tar.gz'),
      { name: 'dist/app.zip', digest: { algorithm: 'sha512', hex: 'ab'.repeat(64) } }
    ] as const

    const text = textOf(renderStatement(subjects, 'https://spdx.dev/Document', ['{"a": ', '1 }']))

    expect(text).toBe(
      `{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"dist/app.tar.gz","digest":{"sha256":"${HEX}"}},` +
        `{"name":"dist/app.zip","digest":{"sha512":"${'ab'.repeat(64)}"}}],` +
        '"predicateType":"https://spdx.dev/Document","predicate":{"a": 1 }}'
    )
  })

  it.each([
    ['quotes', 'a"b'],
    ['an injected subject', '","digest":{"sha256":"00"}},{"name":"'],
    ['backslashes', String.raw`a\b\u0041`],
    ['line breaks', 'a\nb\r\nc\u2028d'],
    ['control characters', '\u0000\u001b[31m'],
    ['another script', 'файл-文件-😀.tar'],
    ['half of a character', 'a\ud83d'],
    ['a name of prototypes', '__proto__']
  ])('keeps a name with %s a name', (_, name) => {
    const statement = statementIn(renderStatement([subject(name)], 'https://t.example', ['{}']))

    const digests = [{ algorithm: 'sha256', hex: HEX }]
    expect(statement).toEqual({
      subjects: [{ name, digests }],
      predicateType: 'https://t.example',
      predicate: {}
    })
  })

  it('reads back what it was given, however it is cut', () => {
    const pieces = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 8 })
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 7 }), (values, length) => {
        const text = JSON.stringify({ values })
        const chunks = Array.from({ length: Math.ceil(text.length / length) }, (_, at) =>
          text.slice(at * length, (at + 1) * length)
        )
        const statement = statementIn(renderStatement([subject('x')], 'https://t.example', chunks))
        expect(statement).toMatchObject({ predicate: { values } })
      })
    )
  })

  it('keeps characters whole where its own pieces meet', () => {
    const half = 128 * 1024
    const text = JSON.stringify({ a: '😀'.repeat(3 * half) })
    function* chunks(): Generator<string> {
      for (let at = 0; at < text.length; at += 777) yield text.slice(at, at + 777)
    }

    const rendered = textOf(renderStatement([subject('x')], 'https://t.example', chunks()))

    expect(rendered.endsWith(`"predicate":${text}}`)).toBe(true)
  })

  it(`is about 1 to ${MAX_SUBJECTS} subjects`, () => {
    const most = Array.from({ length: MAX_SUBJECTS }, (_, at) => subject(`${at}`))

    const statement = statementIn(renderStatement(most, 'https://t.example', ['{}']))

    expect(typeof statement === 'string' ? statement : statement.subjects.length).toBe(MAX_SUBJECTS)
    expect(() => renderStatement([...most, subject('x')], 'https://t.example', ['{}'])).toThrow(
      'A statement about 1025 subjects'
    )
    expect(() => renderStatement([], 'https://t.example', ['{}'])).toThrow(
      'A statement about 0 subjects'
    )
  })
})

describe('renderImageSignature', () => {
  it('is, byte for byte, what cosign 3 signs for an image', () => {
    const text = textOf(renderImageSignature({ algorithm: 'sha256', hex: HEX }))

    expect(text).toBe(
      `{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"${HEX}"}}],` +
        '"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}'
    )
    expect(COSIGN_SIGN).toBe('https://sigstore.dev/cosign/sign/v1')
  })
})
