import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import tls from 'node:tls'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { HttpAnswer } from '../../../src/host/host.ts'
import { httpClient } from '../../../src/host/http.ts'
import { proxyEnvOf } from '../../../src/host/http/proxy.ts'
import {
  type PackageRegistry,
  startRegistry,
  testCertificate
} from '../../support/services/registry.ts'

describe('the settings of the environment', () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ NO_PROXY: 'a.example' }, undefined],
    [{ HTTPS_PROXY: 'http://p:1' }, { HTTPS_PROXY: 'http://p:1' }],
    [{ HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' }, { HTTPS_PROXY: 'http://lower' }],
    [{ http_proxy: 'p.example:3128' }, { HTTP_PROXY: 'http://p.example:3128' }],
    [{ ALL_PROXY: 'http://p' }, { HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://p' }],
    [
      { all_proxy: 'http://all', HTTP_PROXY: 'http://p' },
      { HTTPS_PROXY: 'http://all', HTTP_PROXY: 'http://p' }
    ]
  ])('%j mean %j to Node', (env, expected) => {
    expect(proxyEnvOf(env, '24.21.0')).toEqual(expected)
  })

  it.each([
    ['*', '*'],
    ['registry.example', 'registry.example,.registry.example'],
    ['.registry.example', 'registry.example,.registry.example'],
    ['*.registry.example', 'registry.example,.registry.example'],
    ['registry.example:8443', 'registry.example:8443'],
    ['10.0.0.0/8', '10.0.0.0-10.255.255.255'],
    ['192.168.1.77/24', '192.168.1.0-192.168.1.255'],
    ['0.0.0.0/0', '0.0.0.0-255.255.255.255'],
    ['10.0.0.1', '10.0.0.1'],
    ['10.0.0.1-10.0.0.9', '10.0.0.1-10.0.0.9'],
    ['::1', '::1'],
    ['[::1]', '[::1]'],
    [' a.example , b.example', 'a.example,.a.example,b.example,.b.example']
  ])('pass by the proxy for %s', (list, expected) => {
    const env = { HTTPS_PROXY: 'http://p', no_proxy: list }

    expect(proxyEnvOf(env, '24.21.0')?.NO_PROXY).toBe(expected)
  })

  it.each(['socks5://p:1080', 'http://', 'ftp://p'])('%s is refused, not passed by', (proxy) => {
    expect(() => proxyEnvOf({ HTTPS_PROXY: proxy }, '24.21.0')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' })
    )
  })

  it('are refused without their password', () => {
    expect(() => proxyEnvOf({ HTTPS_PROXY: 'socks5://user:secret@p:1' }, '24.21.0')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') })
    )
  })

  it('are refused by a Node that does not know them', () => {
    expect(() => proxyEnvOf({ HTTPS_PROXY: 'http://p' }, '24.4.1')).toThrow(
      expect.objectContaining({ message: expect.stringContaining('expected 24.5 or newer') })
    )
    expect(proxyEnvOf({}, '24.4.1')).toBeUndefined()
  })

  it('make no client that would go around them', () => {
    const env = { HTTPS_PROXY: 'socks5://p' }

    expect(() => httpClient({ env, version: '1', concurrency: 1 })).toThrow('socks5')
  })
})

describe('a proxy', () => {
  let registry: PackageRegistry
  let plain: PackageRegistry
  let proxy: Proxy

  beforeAll(() => {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), testCertificate()])
  })

  beforeEach(async () => {
    registry = await startRegistry({ tls: true, files: { '/file': 'over TLS' } })
    plain = await startRegistry({ files: { '/file': 'in the clear' } })
    proxy = await startProxy({ 'registry.example:443': registry.port })
  })

  afterEach(() => Promise.all([registry.close(), plain.close(), proxy.close()]))

  function fetchThrough(url: string, env: Record<string, string> = {}): Promise<HttpAnswer> {
    const http = httpClient({
      env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ...env },
      version: '1',
      concurrency: 1,
      timing: { now: () => performance.now(), random: () => 0, sleep: () => Promise.resolve() }
    })
    return http.fetch({ url, maxBytes: 100, authorization: 'Bearer registry' })
  }

  it('digs a tunnel to a TLS server, and sees nothing of what is in it', async () => {
    const answer = await fetchThrough('https://registry.example/file')

    expect(Buffer.from(answer.body).toString()).toBe('over TLS')
    expect(proxy.seen).toEqual(['CONNECT registry.example:443'])
    expect(registry.requests[0]?.headers).toMatchObject({ authorization: 'Bearer registry' })
  })

  it('gets the user and password of its own URL, and the server does not', async () => {
    const HTTPS_PROXY = proxy.url.replace('//', '//us%40er:pass%3Aword@')
    await fetchThrough('https://registry.example/file', { HTTPS_PROXY })
    const credentials = Buffer.from('us@er:pass:word').toString('base64')

    expect(proxy.seen).toEqual([`CONNECT registry.example:443 Basic ${credentials}`])
    expect(JSON.stringify(registry.requests)).not.toContain(credentials)
  })

  it('is asked for plain http by the whole URL', async () => {
    const answer = await fetchThrough('http://plain.example/file')

    expect(Buffer.from(answer.body).toString()).toBe('by the proxy')
    expect(proxy.seen).toEqual(['GET http://plain.example/file'])
  })

  it('is passed by for the hosts in NO_PROXY', async () => {
    const answer = await fetchThrough(`${plain.url}/file`, { NO_PROXY: '127.0.0.0/8' })

    expect(Buffer.from(answer.body).toString()).toBe('in the clear')
    expect(proxy.seen).toEqual([])
  })

  it.each([
    [407, 'proxy answered 407', 1],
    [502, 'proxy answered 502', 4]
  ])('that answers %d is named as the cause', async (status, reason, attempts) => {
    proxy.refuse(status)

    await expect(fetchThrough('https://registry.example/file')).rejects.toMatchObject({
      code: 'SERVICE_UNREACHABLE',
      reason,
      remedy: expect.stringContaining('HTTPS_PROXY')
    })
    expect(proxy.seen).toHaveLength(attempts)
  })

  it('that is not there is no reason to go without', async () => {
    await proxy.close()

    await expect(fetchThrough('https://registry.example/file')).rejects.toMatchObject({
      reason: 'connection refused'
    })
    expect(registry.requests).toEqual([])
  })

  it('does not hide a certificate that is not for the host', async () => {
    proxy.lead('other.example:443', registry.port)

    await expect(fetchThrough('https://other.example/file')).rejects.toMatchObject({
      reason: 'certificate not trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS')
    })
    expect(registry.requests).toEqual([])
  })
})

interface Proxy {
  readonly url: string
  readonly seen: readonly string[]
  lead(host: string, port: number): void
  refuse(status: number): void
  close(): Promise<void>
}

/** A proxy for tunnels and plain requests, whose hosts all lie on the loopback address. */
async function startProxy(hosts: Readonly<Record<string, number>>): Promise<Proxy> {
  const ports = new Map(Object.entries(hosts))
  const seen: string[] = []
  const sockets = new Set<Socket>()
  let refusal: number | undefined
  const server = createServer((request, response) => {
    seen.push(sight(request))
    response.end('by the proxy')
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    seen.push(sight(request))
    const port = ports.get(request.url ?? '')
    if (refusal !== undefined || port === undefined) {
      socket.end(`HTTP/1.1 ${refusal ?? 404} Refused\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const there = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(there).pipe(socket)
    })
    for (const one of [socket, there]) {
      sockets.add(one)
      one.on('error', () => sockets.delete(one))
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    lead: (host, port) => void ports.set(host, port),
    refuse: (status) => void (refusal = status),
    close: () => closed(server, sockets)
  }
}

function sight({ method = '', url = '', headers }: IncomingMessage): string {
  const credentials = headers['proxy-authorization']
  return [method, url, ...(credentials === undefined ? [] : [credentials])].join(' ')
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
  })
}
