import type { Digest } from '../../model/digest.ts'
import type { ServiceCode } from '../../model/errors.ts'

/** What a worker thread is asked. */
export interface HashJob {
  /** A whole module zip. */
  readonly zip: Uint8Array
  /** What every name in it begins with: `<module>@<version>/`. */
  readonly prefix: string
}

/** What it says: that it runs, then one answer for each job. */
export type HashAnswer =
  | { readonly ready: true }
  | { readonly digest: Digest }
  | { readonly fault: HashFault }

/** An error's class does not survive the way between threads; its fields do. */
export interface HashFault {
  readonly code: ServiceCode
  readonly message: string
  readonly remedy: string
  readonly reason: string
}
