import type { SignatureContext } from '../../../src/services/signature-source.ts'
import { sigstoreSeed } from '../../../src/services/sigstore-seed.ts'
import type { FakeHost } from '../fake-host.ts'

/** What a source of signatures is given, over this host, with what came with Assay. */
export function signatureContext(host: FakeHost): SignatureContext {
  return {
    host,
    signal: new AbortController().signal,
    lockfiles: [],
    async trusted() {
      const { takenAt: asOf, target } = await sigstoreSeed()
      return { asOf, target }
    }
  }
}
