import type { SigningConfig } from '../../formats/signing-config.ts'
import type { Host } from '../../host/host.ts'
import type { SigstoreSettings } from '../../model/settings.ts'

/** What choosing an instance needs. */
export interface InstanceContext {
  readonly host: Pick<Host, 'http' | 'now' | 'log'>
  readonly signal: AbortSignal
  readonly settings: SigstoreSettings
  /**
   * Reads a file of the checkout: on a pull request as the base commit has it, so that no change can choose whom it
   * is verified by.
   *
   * @returns nothing when there is none
   */
  readText(path: string): Promise<string | undefined>
}

/** Trust material, and a signing configuration where there is one. */
export interface InstanceMaterial {
  readonly trustedRoot: unknown
  /** ISO 8601 date. */
  readonly asOf: string
  readonly frozen?: string
  readonly config?: SigningConfig
}
