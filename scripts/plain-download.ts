/**
 * The floor that `integrity` is compared with: fetches addresses in parallel over kept connections, hashes
 * what comes, and does nothing else.
 *
 * Usage: node scripts/plain-download.ts <addresses.json> <algorithm> <requests in flight>
 *
 * Prints `{ "ms": …, "bytes": … }`. Certificates besides the usual ones: `NODE_EXTRA_CA_CERTS`.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:https'

async function main(): Promise<void> {
  const [list = '', algorithm = 'sha256', inFlight = '16'] = process.argv.slice(2)
  const urls = JSON.parse(readFileSync(list, 'utf8')) as readonly string[]
  const agent = new Agent({ keepAlive: true, maxSockets: Number(inFlight) })
  const started = performance.now()
  let bytes = 0
  let next = 0
  const work = async (): Promise<void> => {
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      bytes += await hashed(url, algorithm, agent)
    }
  }
  await Promise.all(Array.from({ length: Number(inFlight) }, work))
  const ms = performance.now() - started
  agent.destroy()
  process.stdout.write(`${JSON.stringify({ ms, bytes })}\n`)
}

function hashed(url: string, algorithm: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      const hash = createHash(algorithm)
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        hash.update(chunk)
        bytes += chunk.length
      })
      response.on('error', reject)
      response.on('end', () => {
        hash.digest('hex')
        resolve(bytes)
      })
    })
    request.on('error', reject)
  })
}

void main()
