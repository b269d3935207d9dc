import type { Host } from '../../host/host.ts'
import type { Timing } from '../../host/http/timing.ts'

/** What a signer may use. */
export interface SigningContext {
  readonly host: Pick<Host, 'http' | 'now' | 'log' | 'idTokens'>
  readonly signal: AbortSignal
  /** For waiting until a service is back; real when absent. */
  readonly timing?: Timing
  /** How long outages are waited for, in milliseconds, over the whole run; about five minutes when absent. */
  readonly patienceMs?: number
}
