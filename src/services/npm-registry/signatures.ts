import type { LockedFile } from '../../model/component.ts'
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
import { type NpmConfig, npmConfigs } from './config.ts'
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

function connect(context: SignatureContext, trust: () => Promise<NpmTrust>): SignatureClient {
  const { host, signal } = context
  const configOf = npmConfigs(host)
  const configFor = ({ location: { path } }: LockedFile): NpmConfig =>
    configOf(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
  const askJson = jsonAsker(host.http, signal)
  const askPackument = signedPackuments(askJson)
  const attested = attestationChecker(askJson)
  let loaded: Promise<NpmTrust> | undefined
  return {
    placeOf(component, file) {
      const question = questionOf(component, configFor(file))
      return question && withoutSecrets(question.registry.href)
    },

    async ask({ component, file, digest }): Promise<SignatureAnswer | undefined> {
      const config = configFor(file)
      const first = questionOf(component, config)
      if (first === undefined) return undefined
      const second = secondQuestion(first, config, context.npmSignaturesFrom)
      const found = await askSigned(askPackument, first, second)
      if (found === undefined) return undefined
      const { question, signed } = found
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

/**
 * The same version at the registry that was named for signatures. Not for packages of a scope that has a registry
 * of its own: nobody else has to hear of those.
 */
function secondQuestion(
  { registry, name, version }: VersionQuestion,
  config: NpmConfig,
  address: string | undefined
): VersionQuestion | undefined {
  if (address === undefined) return undefined
  const other = new URL(address)
  if (!other.pathname.endsWith('/')) other.pathname += '/'
  const unscoped = config.registryOf(name.slice(name.lastIndexOf('/') + 1))
  if (other.href === registry.href || config.registryOf(name).href !== unscoped.href)
    return undefined
  return { registry: other, name, version, authorization: config.authorizationFor(other) }
}

interface FoundVersion {
  readonly question: VersionQuestion
  readonly signed: SignedVersion
}

/** What the first registry says, unless only the second has a signature. */
async function askSigned(
  ask: (question: VersionQuestion) => Promise<SignedVersion | undefined>,
  first: VersionQuestion,
  second: VersionQuestion | undefined
): Promise<FoundVersion | undefined> {
  const signed = await ask(first)
  const here = signed && { question: first, signed }
  if (second === undefined || (signed !== undefined && signed.signatures.length > 0)) return here
  const other = await ask(second)
  return other === undefined ? here : { question: second, signed: other }
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
