import type { LockedFile } from '../../model/component.ts'
import { withoutSecrets } from '../../model/url.ts'
import { questionOf } from '../npm-registry.ts'
import type {
  SignatureAnswer,
  SignatureClient,
  SignatureContext,
  SignatureSource
} from '../signature-source.ts'
import { NPM_KEYS_TARGET } from '../registry-defaults.ts'
import { sigstoreSeed } from '../sigstore-seed.ts'
import { jsonAsker } from './answers.ts'
import { type NpmConfig, npmConfigs } from './config.ts'
import { registryKeysIn } from './keys.ts'
import { checkSignature, type KnownKeys } from './signature.ts'
import { signedPackuments } from './signed-packument.ts'

/** The signatures that npm's public registry makes, from whichever registry passes them on. */
export const npmSignatures: SignatureSource = npmSignaturesBy(publicKeys)

/** The same, with other keys than those of the public registry. */
export function npmSignaturesBy(keys: () => Promise<KnownKeys>): SignatureSource {
  return {
    ecosystem: 'npm',
    signs: 'signature',
    algorithm: 'sha512',
    connect: (context) => connect(context, keys)
  }
}

async function publicKeys(): Promise<KnownKeys> {
  const seed = await sigstoreSeed()
  return { keys: registryKeysIn(seed.target(NPM_KEYS_TARGET)), asOf: seed.takenAt }
}

function connect(
  { host, signal }: SignatureContext,
  keys: () => Promise<KnownKeys>
): SignatureClient {
  const configOf = npmConfigs(host)
  const configFor = ({ location: { path } }: LockedFile): NpmConfig =>
    configOf(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
  const askPackument = signedPackuments(jsonAsker(host.http, signal))
  let known: Promise<KnownKeys> | undefined
  return {
    placeOf(component, file) {
      const question = questionOf(component, configFor(file))
      return question && withoutSecrets(question.registry.href)
    },

    async ask({ component, file, digest }): Promise<SignatureAnswer | undefined> {
      const question = questionOf(component, configFor(file))
      if (question === undefined) return undefined
      const signed = await askPackument(question)
      if (signed === undefined) return undefined
      known ??= keys()
      return {
        serves: signed.anySigned ? ['signature'] : [],
        observations: [checkSignature(question, digest, { signed, known: await known })]
      }
    }
  }
}
