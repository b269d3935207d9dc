import { httpClient } from '../../src/host/http.ts'
import type { Timing } from '../../src/host/http/timing.ts'
import type { OciContext } from '../../src/services/oci-registry/context.ts'
import type { RegistryLogin } from '../../src/services/registry-login.ts'
import { PASSWORD, USERNAME } from './services/oci-authority.ts'

export const LOGIN: RegistryLogin = { kind: 'password', username: USERNAME, password: PASSWORD }

/** Waits a hundredth of what it should. */
export const QUICK: Timing = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms / 100)
    })
}

export interface TestOciContext extends OciContext {
  readonly masked: readonly string[]
  /** Moves the clock on, by milliseconds. */
  later(ms: number): void
}

/** What a client of registries gets: the real HTTP client, quick in waiting, and a clock to turn. */
export function ociContext(login?: RegistryLogin): TestOciContext {
  const masked: string[] = []
  let at = Date.parse('2026-01-02T03:04:05Z')
  return {
    host: {
      http: httpClient({ env: {}, version: '0.0.0', concurrency: 16, timing: QUICK }),
      mask: (secret) => void masked.push(secret),
      now: () => new Date(at)
    },
    signal: new AbortController().signal,
    timing: QUICK,
    loginOf: () => Promise.resolve(login),
    plainHttp: [],
    masked,
    later: (ms) => void (at += ms)
  }
}
