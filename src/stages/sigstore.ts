import type { Checkout } from '../model/checkout.ts'
import { sigstoreInstance, type SigstoreInstance } from '../services/sigstore-instance.ts'
import { trustedText } from './checkout/trusted-text.ts'
import type { RunContext } from './stage.ts'

/**
 * Which Sigstore this run signs with and verifies by.
 *
 * @throws InputError `INPUT_INVALID`, `INPUT_CONFLICT` for what was given and cannot be used
 * @throws ServiceError when the TUF repository that was given cannot be read
 */
export function sigstoreOf(context: RunContext, where: Checkout): Promise<SigstoreInstance> {
  const { host, settings, signal } = context
  const readText = trustedText(context, where)
  return sigstoreInstance({ host, signal, settings: settings.sigstore, readText })
}
