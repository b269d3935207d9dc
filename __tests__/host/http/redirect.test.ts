import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { httpClient } from '../../../src/host/http.ts'
import { followed } from '../../../src/host/http/redirect.ts'
import type { HttpAnswer, HttpRequest } from '../../../src/host/host.ts'
import { type PackageRegistry, startRegistry } from '../../support/services/registry.ts'

describe('between two servers', () => {
  let first: PackageRegistry
  let second: PackageRegistry

  beforeEach(async () => {
    first = await startRegistry({ files: { '/there': 'first' } })
    second = await startRegistry({ files: { '/there': 'second' } })
  })

  afterEach(() => Promise.all([first.close(), second.close()]))

  function fetchFile(over: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
    const http = httpClient({ env: {}, version: '1', concurrency: 1 })
    const url = `${first.url}/file`
    return http.fetch({ url, maxBytes: 100, authorization: 'Bearer secret', ...over })
  }

  it('keeps the credentials on the way to another path', async () => {
    first.misbehave('/file', { kind: 'redirect', to: '/there' })
    const answer = await fetchFile({ headers: { 'x-token': 'secret' } })

    expect(Buffer.from(answer.body).toString()).toBe('first')
    expect(answer.url).toBe(`${first.url}/there`)
    expect(first.requests[1]?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'x-token': 'secret'
    })
    expect(first.connections()).toBe(1)
  })

  it.each([301, 302, 303, 307, 308])('leaves credentials behind with status %d', async (status) => {
    first.misbehave('/file', { kind: 'redirect', to: `${second.url}/there`, status })
    const answer = await fetchFile({
      headers: { 'X-Token': 'secret', Cookie: 'secret', Accept: 'text/x' }
    })

    expect(Buffer.from(answer.body).toString()).toBe('second')
    expect(JSON.stringify(second.requests)).not.toContain('secret')
    expect(second.requests[0]?.headers).toMatchObject({ accept: 'text/x', 'user-agent': 'assay/1' })
  })

  it('does not give them back on the way home', async () => {
    first.misbehave('/file', { kind: 'redirect', to: `${second.url}/back` })
    second.misbehave('/back', { kind: 'redirect', to: `${first.url}/there` })
    const answer = await fetchFile()

    expect(answer.url).toBe(`${first.url}/there`)
    expect(first.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer secret',
      undefined
    ])
  })

  it.each([
    ['file:///etc/passwd', 'redirect to an address that is not http or https'],
    ['http://[', 'redirect to an address that is no valid URL'],
    [
      'http://169.254.169.254/',
      'redirect to an address that is a link-local address, where no package is'
    ]
  ])('is not followed to %s', async (to, reason) => {
    first.misbehave('/file', { kind: 'redirect', to })

    await expect(fetchFile()).rejects.toMatchObject({ code: 'SERVICE_REDIRECT_REFUSED', reason })
  })

  it('is not followed for ever', async () => {
    first.misbehave('/file', { kind: 'redirect', to: '/file' })

    await expect(fetchFile()).rejects.toMatchObject({
      code: 'SERVICE_REDIRECT_REFUSED',
      reason: 'more than 5 redirects'
    })
    expect(first.requests).toHaveLength(6)
  })

  it('is not followed with what was posted', async () => {
    first.misbehave('/file', { kind: 'redirect', to: `${second.url}/there` })

    await expect(fetchFile({ method: 'POST', body: 'secret' })).rejects.toMatchObject({
      code: 'SERVICE_REDIRECT_REFUSED'
    })
    expect(second.requests).toEqual([])
  })

  it('names both places when the second fails, and no secrets', async () => {
    first.misbehave('/file', { kind: 'redirect', to: `${second.url}/gone?X-Signature=secret` })
    second.misbehave('/gone', { kind: 'status', status: 403 })

    await expect(fetchFile({ url: `${first.url}/file?token=secret` })).rejects.toMatchObject({
      message: `Cannot fetch "${first.url}/file?…", redirected to "${second.url}/gone?…": status 403`
    })
  })
})

function follow(from: string, location: string, fromPrivate = false): string {
  const hop = { url: new URL(from), headers: {} }
  return followed(hop, { kind: 'redirect', location, fromPrivate }).url.href
}

describe('a redirect', () => {
  it.each([
    ['https://registry.example/a', '//cdn.example/b', 'https://cdn.example/b'],
    ['https://registry.example/a/b', '../c', 'https://registry.example/c'],
    ['http://registry.example/a', 'https://registry.example/a', 'https://registry.example/a'],
    ['https://registry.example/a', 'https://u:p@cdn.example/b#c', 'https://cdn.example/b']
  ])('from %s to %s leads to %s', (from, location, to) => {
    expect(follow(from, location)).toBe(to)
  })

  it.each([
    'http://registry.example/a',
    'https://127.0.0.1/',
    'https://localhost:8443/',
    'https://a.localhost./',
    'https://10.1.2.3/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:192.168.0.1]/',
    'https://[fd12::1]/',
    'https://100.64.0.1/',
    'https://0.0.0.0/'
  ])('of a public https server to %s is refused', (to) => {
    expect(() => follow('https://registry.example/a', to)).toThrow(
      expect.objectContaining({ code: 'SERVICE_REDIRECT_REFUSED' })
    )
  })

  it('of a private server to a private address is followed', () => {
    expect(follow('https://nexus.example/a', 'https://10.1.2.3/', true)).toBe('https://10.1.2.3/')
  })
})
