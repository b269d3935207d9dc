import type { Host } from '../../host/host.ts'
import type { Timing } from '../../host/http/timing.ts'
import type { LoginSource } from '../registry-login.ts'

/** What a client of registries may use. */
export interface OciContext {
  readonly host: Pick<Host, 'http' | 'mask' | 'now'>
  readonly signal: AbortSignal
  /** For waiting until a registry may have lost something. */
  readonly timing: Pick<Timing, 'now' | 'sleep' | 'random'>
  readonly loginOf: LoginSource
  /** Registries that are spoken to without TLS, besides those on this machine: `registry.local:5000`. */
  readonly plainHttp: readonly string[]
}

/** What a request is for: pushing includes pulling. */
export type Access = 'pull' | 'push' | 'delete'
