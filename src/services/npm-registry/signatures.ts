import type { Component, LockedFile } from '../../model/component.ts'
import type { Digest } from '../../model/digest.ts'
import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import { questionOf } from '../npm-registry.ts'
import type {
  SignatureAnswer,
  SignatureClient,
  SignatureContext,
  SignatureObservation,
  SignatureSource
} from '../signature-source.ts'
import { NPM_KEYS_TARGET, TRUSTED_ROOT_TARGET } from '../registry-defaults.ts'
import type { SigstoreTargets } from '../sigstore-targets.ts'
import { type BundleVerifier, bundleVerifier } from '../sigstore-verify.ts'
import { type AskJson, jsonAsker } from './answers.ts'
import { npmConfigs } from './config.ts'
import { type RegistryKey, registryKeysIn } from './keys.ts'
import type { VersionQuestion } from './packument.ts'
import { checkAttestations } from './attestations.ts'
import { checkSignature } from './signature.ts'
import { signedPackuments, type SignedVersion } from './signed-packument.ts'

/** What npm's signatures and attestations are verified with. */
export interface NpmTrust {
  readonly keys: readonly RegistryKey[]
  /** JSON of a Sigstore trusted root. */
  readonly trustedRoot: unknown
  /** When this was the newest there was, ISO 8601 date. */
  readonly asOf: string
  /** Why it is not the newest. */
  readonly frozen?: string
}

/** The signatures and attestations of npm's public registry, from whichever registry passes them on. */
export const npmSignatures: SignatureSource = npmSignaturesBy(async ({ trusted }) =>
  publicTrust(await trusted())
)

/** The same, with other keys and another root than those of the public registry. */
export function npmSignaturesBy(
  trust: (context: SignatureContext) => Promise<NpmTrust>
): SignatureSource {
  return {
    ecosystem: 'npm',
    signs: 'signature',
    listsAlternatives: false,
    algorithm: 'sha512',
    connect: (context) => connect(context, () => trust(context))
  }
}

function publicTrust({ asOf, frozen, target }: SigstoreTargets): NpmTrust {
  return {
    keys: registryKeysIn(target(NPM_KEYS_TARGET)),
    trustedRoot: target(TRUSTED_ROOT_TARGET),
    asOf,
    ...(frozen !== undefined && { frozen })
  }
}

function connect(
  { host, signal }: SignatureContext,
  trust: () => Promise<NpmTrust>
): SignatureClient {
  const configOf = npmConfigs(host)
  const questionAbout = (component: Component, file: LockedFile): VersionQuestion | undefined => {
    const { path } = file.location
    return questionOf(component, configOf(path.slice(0, Math.max(0, path.lastIndexOf('/')))))
  }
  const askJson = jsonAsker(host.http, signal)
  const askPackument = signedPackuments(askJson)
  const attested = attestationChecker(askJson)
  let loaded: Promise<NpmTrust> | undefined
  return {
    placeOf(component, file) {
      const question = questionAbout(component, file)
      return question && withoutSecrets(question.registry.href)
    },

    async ask({ component, file, digest }): Promise<SignatureAnswer | undefined> {
      const question = questionAbout(component, file)
      const signed = question && (await askPackument(question))
      if (question === undefined || signed === undefined) return undefined
      const known = await (loaded ??= trust())
      return {
        serves: servedBy(signed),
        trustAsOf: known.asOf,
        ...(known.frozen !== undefined && { trustFrozen: known.frozen }),
        observations: [
          checkSignature(question, digest, { signed, known }),
          ...(signed.attested
            ? await attested(known, question, digest)
            : [{ ...NO_ATTESTATION, source: signed.source }])
        ]
      }
    }
  }
}

const NO_ATTESTATION = {
  kind: 'attestation',
  outcome: 'absent',
  detail: 'the registry has no attestation of it'
} as const

function servedBy({ anySigned, anyAttested }: SignedVersion): SignatureAnswer['serves'] {
  return [
    ...(anySigned ? ['signature' as const] : []),
    ...(anyAttested ? ['attestation' as const] : [])
  ]
}

type AttestationChecker = (
  trust: NpmTrust,
  question: VersionQuestion,
  digest: Digest
) => Promise<readonly SignatureObservation[]>

/** What is known of the signature is not lost when the attestations cannot be read. */
function attestationChecker(askJson: AskJson): AttestationChecker {
  let verifier: Promise<BundleVerifier> | undefined
  return async (trust, question, digest) => {
    const verify = await (verifier ??= attestationVerifier(trust))
    try {
      return await checkAttestations({ askJson, verify, asOf: trust.asOf }, question, digest)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const { url: source = '', reason, message: detail }: ServiceError = error
      const failed = `the attestations could not be read: ${reason ?? detail}`
      return [{ kind: 'attestation', outcome: 'unavailable', source, detail, reason: failed }]
    }
  }
}

function attestationVerifier({ keys, ...trust }: NpmTrust): Promise<BundleVerifier> {
  return bundleVerifier({
    ...trust,
    keys: keys.filter(({ usage }) => usage === 'npm:attestations')
  })
}
