import type { TufOptions } from '../../signed/tuf.ts'
import { type FulcioFault, startFulcio } from './fulcio.ts'
import { type Claims, type OidcFault, startOidc } from './oidc.ts'
import { type RekorV1Fault, startRekorV1 } from './rekor-v1.ts'
import { type RekorV2Fault, type RekorV2Options, startRekorV2 } from './rekor-v2.ts'
import type { OwnFault, SeenServiceRequest, WireFault } from './service.ts'
import { type Instance, signingConfigOf, trustedRootOf } from './trust.ts'
import { startTsa, type TsaFault } from './tsa.ts'
import { startTufMirror, type TufMirror } from './tuf-mirror.ts'

/** What each service can do wrong. */
interface Faults {
  readonly oidc: OidcFault
  readonly fulcio: FulcioFault
  readonly rekorV1: RekorV1Fault
  readonly rekorV2: RekorV2Fault
  readonly tsa: TsaFault
  readonly tuf: OwnFault
}

/** A service, what it does wrong, and where: where method and path begin like this, or everywhere. */
export type FaultOrder = {
  [Name in keyof Faults]: readonly [
    service: Name,
    how: Faults[Name] | WireFault,
    start?: string | undefined
  ]
}[keyof Faults]

/** A whole Sigstore on the loopback address, with a runner's token endpoint beside it. */
export interface EmbeddedSigstore extends Instance {
  readonly tuf: TufMirror
  /** JSON of the trusted root. */
  readonly trustedRoot: object
  /** What tokens claim: change it at will. */
  readonly claims: Claims
  /** Who signs, with the claims as they are: the name in certificates. */
  identity(): string
  /** What a job with `id-token: write` has in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** What all services were asked, in order. */
  readonly requests: readonly SeenServiceRequest[]
  /** JSON of a signing configuration, with one log or the other. */
  signingConfig(rekor: 1 | 2): object
  /** Has a service misbehave from now on. */
  fault(...order: FaultOrder): void
  /** Has all services behave from now on. */
  behave(): void
  close(): Promise<void>
}

export interface SigstoreOptions extends RekorV2Options {
  /** What tokens claim that is not what they usually claim. */
  readonly claims?: Claims
  readonly tuf?: TufOptions
}

/** Starts it. */
export async function startSigstore(options: SigstoreOptions = {}): Promise<EmbeddedSigstore> {
  const requests: SeenServiceRequest[] = []
  const oidc = await startOidc(requests, options.claims)
  const [fulcio, rekorV1, rekorV2, tsa] = await Promise.all([
    startFulcio(requests, oidc),
    startRekorV1(requests),
    startRekorV2(requests, options),
    startTsa(requests)
  ])
  const instance: Instance = { oidc, fulcio, rekorV1, rekorV2, tsa }
  const trustedRoot = trustedRootOf(instance)
  const targets = {
    'trusted_root.json': JSON.stringify(trustedRoot),
    'signing_config.v0.2.json': JSON.stringify(signingConfigOf(instance, 1)),
    'signing_config_rekor_v2.v0.2.json': JSON.stringify(signingConfigOf(instance, 2))
  }
  const tuf = await startTufMirror(requests, targets, options.tuf)
  const services = { ...instance, tuf }
  return {
    ...services,
    trustedRoot,
    claims: oidc.claims,
    identity: () => `https://github.com/${String(oidc.claims['job_workflow_ref'])}`,
    env: oidc.env,
    requests,
    signingConfig: (rekor) => signingConfigOf(instance, rekor),
    fault(...[name, how, start]) {
      const service: { fault(how: object, start?: string): void } = services[name]
      service.fault(how, start)
    },
    behave() {
      for (const service of Object.values(services)) service.behave()
    },
    async close() {
      await Promise.all(Object.values(services).map((service) => service.close()))
    }
  }
}
