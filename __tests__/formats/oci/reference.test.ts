import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { imageNameOf, parseImageReference } from '../../../src/formats/oci/reference.ts'

const SHORT = { registry: 'hub.example', aliases: ['index.hub.example'], namespace: 'library' }
const HEX = 'a'.repeat(64)

describe('an image reference', () => {
  it.each([
    ['alpine', 'hub.example', 'library/alpine', undefined, undefined],
    ['o/app', 'hub.example', 'o/app', undefined, undefined],
    ['index.hub.example/alpine:3', 'hub.example', 'library/alpine', '3', undefined],
    ['ghcr.example/o/app:1.0', 'ghcr.example', 'o/app', '1.0', undefined],
    ['GHCR.example/o/app', 'ghcr.example', 'o/app', undefined, undefined],
    ['localhost/app', 'localhost', 'app', undefined, undefined],
    ['localhost:5000/app:v_1', 'localhost:5000', 'app', 'v_1', undefined],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000', 'a/b/c', undefined, undefined],
    ['[::1]:5000/app', '[::1]:5000', 'app', undefined, undefined],
    ['r.example/a__b/c--d/e.f', 'r.example', 'a__b/c--d/e.f', undefined, undefined],
    [`r.example/a@sha256:${HEX}`, 'r.example', 'a', undefined, `sha256:${HEX}`],
    [`r.example/a:t@sha256:${HEX}`, 'r.example', 'a', 't', `sha256:${HEX}`]
  ])('%s is understood', (text, registry, repository, tag, digest) => {
    expect(parseImageReference(text, SHORT)).toEqual({
      registry,
      repository,
      ...(tag && { tag }),
      ...(digest && { digest })
    })
  })

  it.each([
    ['', 'is no name of a repository'],
    ['r.example/', 'is no name of a repository'],
    ['r.example/O/app', 'no capital letters'],
    ['r.example/a//b', 'is no name of a repository'],
    ['r.example/../b', 'is no name of a repository'],
    ['r.example/a:', 'is no tag'],
    ['r.example/a:-t', 'is no tag'],
    [`r.example/a:${'t'.repeat(129)}`, 'is no tag'],
    ['r.example/a@sha256:abc', 'what follows "@"'],
    [`r.example/a@sha256:${HEX.toUpperCase()}`, 'what follows "@"'],
    [`r.example/a@md5:${'a'.repeat(32)}`, 'what follows "@"'],
    ['-r.example/a', 'is no host'],
    ['https://r.example/a', 'is no host'],
    ['user@r.example/a', 'what follows "@"'],
    [`r.example/${'a'.repeat(300)}`, 'longer than 255']
  ])('%j is refused: %s', (text, reason) => {
    expect(parseImageReference(text, SHORT)).toContain(reason)
  })

  it('that is understood makes a URL without surprises', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'binary-ascii' }), (text) => {
        const parsed = parseImageReference(`r.example/${text}`, SHORT)
        if (typeof parsed === 'string') return
        const url = new URL(`https://r.example/v2/${parsed.repository}/manifests/x`)
        expect(url.href).toBe(`https://r.example/v2/${parsed.repository}/manifests/x`)
        expect(imageNameOf(parsed)).toBe(`r.example/${parsed.repository}`)
      })
    )
  })
})
