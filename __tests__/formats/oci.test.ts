import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { MEDIA_TYPE, parseManifest } from '../../src/formats/oci.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`
const CONFIG = {
  mediaType: 'application/vnd.oci.image.config.v1+json',
  digest: DIGEST,
  size: 2
}
const IMAGE = { schemaVersion: 2, mediaType: MEDIA_TYPE.image, config: CONFIG, layers: [CONFIG] }
const INDEX = { schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests: [CONFIG] }

function parsed(json: unknown, contentType = ''): unknown {
  return parseManifest(Buffer.from(JSON.stringify(json)), contentType)
}

describe('a manifest', () => {
  it('of an image is read', () => {
    expect(
      parsed({ ...IMAGE, artifactType: 'a/b', subject: CONFIG, annotations: { a: 'b', c: 1 } })
    ).toEqual({
      kind: 'image',
      mediaType: MEDIA_TYPE.image,
      config: CONFIG,
      layers: [CONFIG],
      artifactType: 'a/b',
      subject: CONFIG,
      annotations: { a: 'b' }
    })
  })

  it('of an index is read, with platforms and annotations', () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8', 'os.version': '1' }
    const entry = { ...CONFIG, platform, annotations: { 'vnd.docker.reference.type': 'x' } }

    expect(parsed({ ...INDEX, manifests: [entry] })).toMatchObject({
      kind: 'index',
      entries: [
        {
          digest: DIGEST,
          platform: { os: 'linux', architecture: 'arm64', variant: 'v8', osVersion: '1' },
          annotations: { 'vnd.docker.reference.type': 'x' }
        }
      ]
    })
  })

  it.each([
    [MEDIA_TYPE.image, IMAGE, 'image'],
    [`${MEDIA_TYPE.dockerIndex}; charset=utf-8`, INDEX, 'index']
  ])('without a type of its own is what the registry calls it: %s', (type, json, kind) => {
    const { mediaType: _type, ...rest } = json

    expect(parsed(rest, type)).toMatchObject({ kind })
    expect(parsed(json, 'text/plain')).toMatchObject({ kind })
  })

  it('of an empty list may say so as Go does', () => {
    expect(parsed({ ...INDEX, manifests: null })).toMatchObject({ kind: 'index', entries: [] })
    expect(parsed({ ...IMAGE, layers: null })).toMatchObject({ kind: 'image', layers: [] })
  })

  it.each<[string, unknown, string]>([
    ['a list', [], 'no JSON object'],
    ['of schema 1', { ...IMAGE, schemaVersion: 1 }, 'schemaVersion'],
    ['of another type', { ...IMAGE, mediaType: 'application/json' }, 'media type'],
    ['an image that could be an index', { ...IMAGE, manifests: [] }, 'list of manifests'],
    ['an index that could be an image', { ...INDEX, layers: [] }, 'index with layers'],
    ['an image without a config', { ...IMAGE, config: null }, 'config'],
    [
      'an image with a short digest',
      { ...IMAGE, layers: [{ ...CONFIG, digest: 'sha256:a' }] },
      'layers'
    ],
    ['an image with a negative size', { ...IMAGE, layers: [{ ...CONFIG, size: -1 }] }, 'layers'],
    [
      'an image with a path as digest',
      { ...IMAGE, config: { ...CONFIG, digest: '../../x' } },
      'config'
    ],
    ['an index without a list', { ...INDEX, manifests: undefined }, 'list of manifests'],
    ['an index with a text for a list', { ...INDEX, manifests: 'x' }, 'list of manifests'],
    [
      'an index of too many',
      { ...INDEX, manifests: Array.from({ length: 10_001 }, () => CONFIG) },
      'too long'
    ],
    ['one with a damaged subject', { ...IMAGE, subject: {} }, 'subject']
  ])('is refused when it is %s', (_what, json, reason) => {
    expect(parsed(json)).toEqual({ kind: 'invalid', reason: expect.stringContaining(reason) })
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (text, type) => {
        parseManifest(Buffer.from(text), type)
        parseManifest(Buffer.from(text.slice(1)), type)
      })
    )
  })

  it('keeps annotations with names of prototypes as data', () => {
    const text = JSON.stringify(IMAGE).replace(
      '{',
      '{"annotations":{"__proto__":"x","constructor":"y"},'
    )
    const manifest = parseManifest(Buffer.from(text), '')

    expect(manifest).toMatchObject({ kind: 'image' })
    expect(JSON.stringify(manifest)).toContain('"__proto__":"x"')
    expect(Object.prototype).not.toHaveProperty('x')
  })
})
