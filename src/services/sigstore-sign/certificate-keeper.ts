import { createSign, generateKeyPairSync } from 'node:crypto'
import type { SigstoreInstance } from '../sigstore-instance.ts'
import type { SigningKey } from '../bundle-signer.ts'
import type { SigningContext } from './context.ts'
import type { Credential } from './credential.ts'
import { fetchCertificate } from './fulcio.ts'
import type { Patience } from './patience.ts'

/** A certificate that ends within this time, in milliseconds, is not used any more; or within a quarter of its life. */
const MARGIN_MS = 60_000

/** The key of a run and its certificate. */
export interface CertificateKeeper {
  readonly key: SigningKey
  /** The one certificate of the run; a new one when it is about to expire. @throws ServiceError, InputError */
  current(): Promise<Credential>
}

interface Held {
  readonly credential: Credential
  /** In milliseconds of this machine's clock, whatever the authority's says. */
  readonly freshUntil: number
}

/** Makes the key of a run. It never leaves the memory. */
export function certificateKeeper(
  context: SigningContext,
  {
    trustedRoot,
    fulcioUrl
  }: Pick<SigstoreInstance, 'trustedRoot'> & { readonly fulcioUrl: string },
  patience: Patience
): CertificateKeeper {
  const { host } = context
  const key = ephemeralKey()
  const ask = async (): Promise<Held> => {
    const credential = await patience.persist(() =>
      fetchCertificate(context, { fulcioUrl, key, trustedRoot })
    )
    const { from, until } = credential.validity ?? { from: 0, until: 0 }
    const life = until - from
    return {
      credential,
      freshUntil: host.now().getTime() + life - Math.min(MARGIN_MS, life / 4)
    }
  }
  let held: Promise<Held> | undefined
  return {
    key,
    async current() {
      for (;;) {
        const asked = (held ??= ask())
        try {
          const { credential, freshUntil } = await asked
          if (host.now().getTime() < freshUntil) return credential
        } catch (error) {
          if (held === asked) held = undefined
          throw error
        }
        // Whoever comes first asks anew; the others wait for the same answer.
        if (held === asked) held = undefined
      }
    }
  }
}

function ephemeralKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    async sign(chunks) {
      const sign = createSign('sha256')
      for await (const chunk of chunks) sign.update(chunk)
      return sign.sign(privateKey)
    }
  }
}
