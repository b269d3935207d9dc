import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A request as the loopback server saw it. */
export interface SeenRequest {
  readonly path: string
  readonly status: number
  readonly bytes: number
  /** Whether the recording, or the real server, had an answer. */
  readonly recorded: boolean
}

/** The loopback server, in a process of its own. */
export interface ReplayServer {
  readonly url: string
  /** What it was asked since the last time. */
  requests(): Promise<readonly SeenRequest[]>
  stop(): Promise<void>
}

/** The certificate of the tests' services, for the loopback address. */
export const CERTIFICATE = join(import.meta.dirname, '../../__tests__/fixtures/tls/cert.pem')

const SCRIPT = join(import.meta.dirname, '../replay-server.ts')

export async function startServer(
  recording: string,
  options: { readonly record: true } | { readonly delayMs: number }
): Promise<ReplayServer> {
  const how = 'record' in options ? ['--record'] : ['--delay', String(options.delayMs)]
  const child = fork(SCRIPT, [recording, ...how])
  const url = (await messageOf(child)) as string
  return {
    url,
    async requests() {
      const message = messageOf(child)
      child.send('requests')
      return (await message) as readonly SeenRequest[]
    },
    async stop() {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    }
  }
}

function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the loopback server ended'))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(message)
    })
  })
}
