import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { HttpAnswer, HttpClient, HttpHead, HttpRequest } from '../../../src/host/host.ts'
import type { Digest } from '../../../src/model/digest.ts'
import type { RemoteFile } from '../../../src/services/registry.ts'
import { type ByteReader, byteReader } from '../../../src/stages/integrity/byte-reader.ts'

const MIB = 1024 * 1024

interface Attempt {
  /** Announced, or not. */
  readonly length?: number
  readonly chunks: readonly Uint8Array[]
  /** It breaks off, and the client asks again. */
  readonly broken?: true
}

/** A client whose every fetch makes these attempts, as the real one does with a sink. */
function clientOf(attempts: readonly Attempt[]): HttpClient & { readonly asked: () => number } {
  let asked = 0
  return {
    asked: () => asked,
    async fetch({ url, sink }: HttpRequest): Promise<HttpAnswer> {
      asked++
      let bytes = 0
      for (const { length, chunks, broken } of attempts) {
        const headers: Record<string, string> =
          length === undefined ? {} : { 'content-length': String(length) }
        const head: HttpHead = { status: 200, url, headers }
        const write = await sink?.(head)
        bytes = 0
        for (const chunk of chunks) {
          write?.(chunk)
          bytes += chunk.length
        }
        if (!broken) return { ...head, body: new Uint8Array(), bytes }
      }
      throw new Error('no attempt went well')
    }
  }
}

const H1: Digest = { algorithm: 'h1', hex: '1'.repeat(64) }

function whole(seen: (bytes: Uint8Array) => void, url = 'https://registry.example/a'): RemoteFile {
  return {
    url,
    maxBytes: 500 * MIB,
    digestsOf(bytes) {
      seen(bytes)
      return Promise.resolve([H1])
    }
  }
}

function readerOver(http: HttpClient): ByteReader {
  return byteReader(http, new AbortController().signal)
}

const part = (text: string): Uint8Array => Buffer.from(text)

describe('a file that is held whole', () => {
  it.each([
    ['of known length', { length: 6, chunks: [part('abc'), part('def')] }],
    ['of unknown length', { chunks: [part('abc'), part('def')] }]
  ])('%s is put together', async (_name, attempt) => {
    let text = ''
    const remote = whole((bytes) => (text = Buffer.from(bytes).toString()))
    const read = await readerOver(clientOf([attempt])).read(remote, ['h1'])

    expect(text).toBe('abcdef')
    expect(read).toMatchObject({ digests: [H1], bytes: 6 })
  })

  it('has nothing of an attempt that broke off', async () => {
    let text = ''
    const http = clientOf([
      { length: 6, chunks: [part('xyz')], broken: true },
      { chunks: [part('uvw')], broken: true },
      { length: 6, chunks: [part('abcdef')] }
    ])
    await readerOver(http).read(
      whole((bytes) => (text = Buffer.from(bytes).toString())),
      ['h1']
    )

    expect(text).toBe('abcdef')
  })

  it('is read again when it turns out larger than what was kept free for it', async () => {
    let size = 0
    const http = clientOf([{ chunks: Array.from({ length: 5 }, () => new Uint8Array(8 * MIB)) }])
    await readerOver(http).read(
      whole((bytes) => (size = bytes.length)),
      ['h1']
    )

    expect(size).toBe(40 * MIB)
    expect(http.asked()).toBe(2)
  })

  it('waits while others fill the room, and never for a lease of its own', async () => {
    let held = 0
    let most = 0
    const large = 300 * MIB
    const reader = readerOver({
      async fetch({ url, sink }) {
        const head = { status: 200, url, headers: { 'content-length': String(large) } }
        await sink?.(head)
        // The first attempt breaks off.
        await sink?.(head)
        most = Math.max(most, ++held)
        await new Promise((resolve) => setImmediate(resolve))
        held--
        return { ...head, body: new Uint8Array(), bytes: large }
      }
    })
    const urls = ['a', 'b', 'c'].map((name) => `https://registry.example/${name}`)
    await Promise.all(
      urls.map((url) =>
        reader.read(
          whole(() => undefined, url),
          ['h1']
        )
      )
    )

    expect(most).toBe(1)
  })

  it('gives its room to others while it waits for another attempt', async () => {
    const again = Promise.withResolvers<void>()
    const reader = readerOver({
      async fetch({ url, sink }) {
        const head = { status: 200, url, headers: { 'content-length': String(500 * MIB) } }
        const first = await sink?.(head)
        if (url === 'first') {
          first?.broken?.()
          await again.promise
          await sink?.(head)
        }
        return { ...head, body: new Uint8Array(), bytes: 0 }
      }
    })
    const pending = reader.read(
      whole(() => undefined, 'first'),
      ['h1']
    )
    await reader.read(
      whole(() => undefined, 'second'),
      ['h1']
    )
    again.resolve()

    await expect(pending).resolves.toMatchObject({ digests: [H1] })
  })

  it('gives its room back when it fails', async () => {
    const failing = readerOver({
      async fetch({ url, sink }) {
        await sink?.({ status: 200, url, headers: { 'content-length': String(500 * MIB) } })
        throw new Error('broken')
      }
    })
    for (const name of ['a', 'b', 'c']) {
      await expect(
        failing.read(
          whole(() => undefined, name),
          ['h1']
        )
      ).rejects.toThrow('broken')
    }
  })
})

function hex(algorithm: string): string {
  return createHash(algorithm).update('abcdef').digest('hex')
}

describe('a file that is hashed as it flows', () => {
  it('has all the digests asked for, of the last attempt', async () => {
    const http = clientOf([
      { chunks: [part('xyz')], broken: true },
      { chunks: [part('abc'), part('def')] }
    ])
    const read = await readerOver(http).read({ url: 'https://registry.example/a', maxBytes: 100 }, [
      'sha1',
      'sha512'
    ])

    expect(read?.digests).toEqual([
      { algorithm: 'sha1', hex: hex('sha1') },
      { algorithm: 'sha512', hex: hex('sha512') }
    ])
  })

  it('is read again only for a digest that it was not read for', async () => {
    const http = clientOf([{ chunks: [part('abcdef')] }])
    const reader = readerOver(http)
    const remote = { url: 'https://registry.example/a', maxBytes: 100 }
    await reader.read(remote, ['sha512', 'sha1'])
    await reader.read(remote, ['sha1'])
    expect(http.asked()).toBe(1)

    const more = await reader.read(remote, ['sha256'])
    expect(http.asked()).toBe(2)
    expect(more?.digests).toContainEqual({ algorithm: 'sha256', hex: hex('sha256') })
  })
})
