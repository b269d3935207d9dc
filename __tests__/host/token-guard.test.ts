import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { withTokenKept } from '../../src/host/token-guard.ts'

const TOKEN = 'the-token-of-a-run'
const seen: (string | undefined)[] = []
const server = createServer((request, response) => {
  seen.push(request.headers.authorization)
  response.end()
})
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
})

async function sentTo(host: string, authorization: string): Promise<string | undefined> {
  await new Promise<void>((resolve) => {
    const options = { host, port, headers: { authorization }, agent: false, family: 4 }
    get(options, (response) => response.resume().on('end', resolve))
  })
  return seen.pop()
}

function sentWhileKept(place: string, authorization: string): Promise<string | undefined> {
  return withTokenKept({ token: TOKEN, place }, () => sentTo('127.0.0.1', authorization))
}

it('a token is sent to the place that it is for', async () => {
  const place = `http://127.0.0.1:${port}/results/`

  expect(await sentWhileKept(place, `Bearer ${TOKEN}`)).toBe(`Bearer ${TOKEN}`)
})

it.each([
  ['another host', () => `http://localhost:${port}/`],
  ['another port', () => 'http://127.0.0.1:1/'],
  ['another protocol', () => `https://127.0.0.1:${port}/`]
])('a token for %s is not sent', async (_what, place) => {
  expect(await sentWhileKept(place(), `Bearer ${TOKEN}`)).toBeUndefined()
})

it('other credentials are left alone, and all are afterwards', async () => {
  expect(await sentWhileKept('http://other.example/', 'Bearer another')).toBe('Bearer another')
  expect(await sentTo('127.0.0.1', `Bearer ${TOKEN}`)).toBe(`Bearer ${TOKEN}`)
})

it('without a token nothing is kept from anybody', async () => {
  const kept = { token: '', place: 'http://other.example/' }

  expect(await withTokenKept(kept, () => sentTo('127.0.0.1', 'Bearer another'))).toBe(
    'Bearer another'
  )
})
