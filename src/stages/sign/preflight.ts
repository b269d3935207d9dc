import { AssayError, CancelledError, InputError, ServiceError } from '../../model/errors.ts'
import type { Predicate } from '../../model/predicate.ts'
import type { SignatureForm } from '../../model/settings.ts'
import type { GithubAttestations } from '../../services/github-attestations.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import type { SigstoreInstance } from '../../services/sigstore-instance.ts'
import { reacher } from '../../services/sigstore-sign/reach.ts'
import type { RunContext } from '../stage.ts'
import { githubHindrances } from './github-hindrances.ts'
import type { Hindrance } from './signing.ts'
import type { Way } from './way.ts'
import { signingContext } from './who.ts'

/** Largest predicate that GitHub's API takes, in bytes. @see https://github.com/actions/attest#attestation-limits */
const GITHUB_MAX_BYTES = 16 * 1024 * 1024

/** Largest request that version 1 of Rekor takes when nobody says otherwise, in bytes. @see https://github.com/sigstore/rekor */
const REKOR_V1_MAX_BYTES = 32 * 1024 * 1024

/** Largest attachment that cosign reads when nobody says otherwise, in bytes. @see https://github.com/sigstore/cosign */
const COSIGN_MAX_BYTES = 128 * 1024 * 1024

/** What is looked at before the first signature. */
export interface Preflight {
  readonly context: RunContext
  readonly way: Way
  readonly instance: SigstoreInstance
  readonly forms: ReadonlySet<SignatureForm>
  readonly predicates: readonly Predicate[]
  /** Where the form `github` goes. */
  readonly github?: GithubAttestations
  /** Repositories that are written to. */
  readonly repositories: readonly OciRepository[]
  /** Something is to be signed, not only copied. */
  readonly isSigning: boolean
}

/**
 * Everything that is in the way of signing, as far as it can be found out without leaving a trace: all of it, so that
 * nobody has to run once for each.
 */
export async function hindrancesOf(preflight: Preflight): Promise<readonly Hindrance[]> {
  const services = preflight.isSigning ? servicesOf(preflight) : []
  const reach = reacher(signingContext(preflight.context))
  const asked = await Promise.all([
    ...preflight.repositories.map(pushHindrance),
    ...services.map(([what, url]) => reachHindrance(reach, what, url)),
    ...(preflight.isSigning ? [githubHindrances(preflight)] : [])
  ])
  const own = preflight.isSigning
    ? [...formHindrances(preflight), ...sizeHindrances(preflight)]
    : []
  return [...own, ...asked.flat()]
}

/** The older forms carry the log's promise, which only version 1 makes. */
function formHindrances({ forms, instance }: Preflight): readonly Hindrance[] {
  if (!forms.has('legacy') || instance.rekor?.version === 1) return []
  const found =
    instance.rekor === undefined ? 'no log' : `a log of version ${instance.rekor.version}`
  return [
    {
      message: `The form \`legacy\` needs a signed entry timestamp: found ${found}, expected Rekor of version 1`,
      remedy: 'Set `rekor-version: 1`, or leave `legacy` out of `signature-forms`'
    }
  ]
}

function sizeHindrances({ forms, instance, predicates }: Preflight): readonly Hindrance[] {
  return predicates.flatMap((predicate) => {
    const bytes = sizeOf(predicate)
    const limits = [
      ...(forms.has('github') ? [['GitHub takes', GITHUB_MAX_BYTES, bytes] as const] : []),
      ...(instance.rekor?.version === 1
        ? [['the log takes', REKOR_V1_MAX_BYTES, inBase64(bytes)] as const]
        : []),
      ['cosign reads', COSIGN_MAX_BYTES, inBase64(bytes)] as const
    ]
    return limits
      .filter(([, most, size]) => size > most)
      .map(([who, most, size]) => ({
        message: `The statement \`${predicate.kind}\` has ${size} bytes, ${who} at most ${most}`,
        remedy: `Leave \`${predicate.kind}\` out of \`attest\`, or use ${remedyFor(who)}`
      }))
  })
}

function remedyFor(who: string): string {
  if (who === 'GitHub takes') return 'other `signature-forms` than `github`'
  return who === 'the log takes'
    ? '`rekor-version: 2`, which logs digests alone'
    : 'a smaller inventory, with `exclude`'
}

function sizeOf({ chunks }: Predicate): number {
  let bytes = 0
  for (const chunk of chunks()) bytes += Buffer.byteLength(chunk)
  return bytes
}

function inBase64(bytes: number): number {
  return Math.ceil(bytes / 3) * 4
}

async function pushHindrance(repository: OciRepository): Promise<readonly Hindrance[]> {
  try {
    await repository.probePush()
    return []
  } catch (error) {
    return [hindranceOf(error)]
  }
}

/** An error as one of several things in the way. @throws whatever is no error of a service or an input */
export function hindranceOf(error: unknown): Hindrance {
  if (error instanceof CancelledError || !(error instanceof AssayError)) throw error
  const { message, remedy }: AssayError = error
  const isPassing =
    error instanceof ServiceError &&
    (error.code !== 'SERVICE_STATUS' || error.retryInMs !== undefined)
  return { message, remedy, ...(isPassing && { passing: true }) }
}

/** What is signed with, and an address of each that can be asked without leaving a trace. */
function servicesOf({ way, instance }: Preflight): readonly (readonly [string, string])[] {
  const { fulcioUrl, rekor, timestampUrl } = instance
  return [
    ...(way === 'keyless' && fulcioUrl !== undefined
      ? [['the certificate authority', `${fulcioUrl}/api/v2/configuration`] as const]
      : []),
    ...(rekor === undefined
      ? []
      : [['the log', rekor.version === 1 ? `${rekor.url}/api/v1/log` : rekor.url] as const]),
    ...(timestampUrl === undefined
      ? []
      : [['the timestamp authority', `${timestampUrl}/certchain`] as const])
  ]
}

/** An outage that passes is no hindrance: it is waited for here as it would be later. */
async function reachHindrance(
  reach: ReturnType<typeof reacher>,
  what: string,
  url: string
): Promise<readonly Hindrance[]> {
  try {
    await reach(what, url)
    return []
  } catch (error) {
    if (error instanceof CancelledError || !(error instanceof ServiceError)) throw error
    const { message, remedy }: ServiceError = error
    return [{ message: `${what} does not answer: ${message}`, remedy, passing: true }]
  }
}

/** One error for all that is in the way. @throws InputError @throws ServiceError */
export function assertUnhindered(hindrances: readonly Hindrance[]): void {
  const [first] = hindrances
  if (first === undefined) return
  const permissions = hindrances.flatMap(({ permission }) => permission ?? [])
  const remedies = [
    ...(permissions.length === 0
      ? []
      : [
          `Add to the job \`permissions:\` with ${permissions.map((one) => `\`${one}\``).join(' and ')}`
        ]),
    ...new Set(hindrances.map(({ remedy }) => remedy))
  ]
  const message =
    hindrances.length === 1
      ? `Nothing was signed: ${first.message}`
      : `Nothing was signed: ${hindrances.map((one, at) => `(${at + 1}) ${one.message}`).join('; ')}`
  const remedy = remedies.join('. ')
  if (hindrances.every(({ passing }) => passing === true)) {
    throw new ServiceError({ code: 'SERVICE_UNREACHABLE', message, remedy })
  }
  throw new InputError({
    code: permissions.length > 0 ? 'PERMISSION_MISSING' : 'INPUT_CONFLICT',
    message,
    remedy
  })
}
