import { createHash } from 'node:crypto'
import { realTiming } from '../../host/http/timing.ts'
import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { Digest } from '../../model/digest.ts'
import {
  type AttestationAbout,
  dsseSignatureOf,
  type GithubAttestations,
  githubAttestations
} from '../../services/github-attestations.ts'
import { workflowRepository } from '../../services/github.ts'
import type { RunContext } from '../stage.ts'
import { obstacleOf } from './obstacle.ts'
import type { Kept, Signing, WantedStatement } from './signing.ts'
import type { ImageWork } from './work.ts'

/** What a bundle has besides its statement, in bytes: certificate, log entry, timestamps. */
const MATERIAL_BYTES = 16 * 1024

/** How often a list is read until what was just taken is in it, and the first wait between, in milliseconds. */
const MAX_READ_BACKS = 4
const FIRST_WAIT_MS = 1000

/** With what attestations are kept with GitHub. */
export interface GithubWork extends Pick<Signing, 'context' | 'own'> {
  readonly github: GithubAttestations
  /** For waiting until a list is up to date; real when absent. */
  readonly timing?: Pick<typeof realTiming, 'sleep'>
}

type KeptAs = Pick<Kept, 'says' | 'form' | 'source' | 'predicateType'>

/** The repository of this workflow, where attestations are to be kept with it and may be: then there is a token. */
export function githubOf({ host, settings, signal }: RunContext): Pick<ImageWork, 'github'> {
  const repository = workflowRepository(host.env, settings.githubToken)
  if (!settings.sign.forms.includes('github') || repository?.token === undefined) return {}
  return { github: githubAttestations({ host, signal, timing: realTiming }, repository) }
}

/**
 * Looks whether the same was attested before, by us.
 *
 * @param digest of a subject; GitHub knows them by SHA-256
 * @throws ServiceError when GitHub cannot be asked, or refuses
 */
export async function lookOnGithub(
  { github, own }: GithubWork,
  wanted: WantedStatement,
  digest: Digest = wanted.subject.digest
): Promise<unknown> {
  const { bundles } = await github.find(aboutOf(wanted, digest))
  for (const bundle of bundles) {
    if (await own.sameStatement(bundle, wanted)) return bundle
  }
  return undefined
}

/** Hands a bundle over to GitHub, reads it back and verifies it. Never throws for a service. */
export async function keepOnGithub(
  work: GithubWork,
  bundle: JsonObject,
  { wanted, digest }: { readonly wanted: WantedStatement; readonly digest: Digest }
): Promise<Kept> {
  const as = githubAs(work, wanted, digest)
  if (!hasCertificate(bundle)) {
    return {
      ...as,
      outcome: 'unavailable',
      before: false,
      detail: 'GitHub takes attestations with a certificate, and this one is signed with a key',
      remedy: 'Sign without a key (`sign: keyless`), or leave `github` out of `signature-forms`'
    }
  }
  try {
    const about = aboutOf(wanted, digest)
    const id = await work.github.keep(bundle, about)
    const shown = id === '' ? '' : ` as ${id}`
    const back = await readBack(work, { wanted, about, bundle })
    if ('found' in back) {
      const detail = `kept${shown}, read back and verified`
      return { ...as, outcome: 'verified', before: false, observed: digestOf(back.found), detail }
    }
    const { outcome, detail } = back
    return { ...as, outcome, before: false, detail: `kept${shown}, ${detail}` }
  } catch (error) {
    return notOnGithub(work, as, error)
  }
}

/** What is the same of everything that is kept with GitHub. */
export function githubAs(
  { github }: Pick<GithubWork, 'github'>,
  wanted: WantedStatement,
  digest: Digest
): KeptAs {
  const { says, predicateType } = wanted
  return { says, form: 'github', source: github.addressOf(digest), predicateType }
}

/** What was attested before. */
export function keptOnGithubBefore(as: KeptAs, bundle: unknown): Kept {
  const detail = 'was kept before, and was read and verified'
  return { ...as, outcome: 'verified', before: true, observed: digestOf(bundle), detail }
}

/** @throws CancelledError when the run was ended: then nothing goes on */
export function notOnGithub(
  { context }: Pick<GithubWork, 'context'>,
  as: KeptAs,
  error: unknown
): Kept {
  const { reason, remedy } = obstacleOf(context, error)
  const base = { ...as, outcome: 'unavailable', before: false, detail: reason } as const
  return remedy === undefined ? base : { ...base, remedy }
}

type Back =
  | { readonly found: unknown }
  | { readonly outcome: Exclude<Kept['outcome'], 'verified'>; readonly detail: string }

async function readBack(
  { github, own, context, timing = realTiming }: GithubWork,
  {
    wanted,
    about,
    bundle
  }: {
    readonly wanted: WantedStatement
    readonly about: AttestationAbout
    readonly bundle: JsonObject
  }
): Promise<Back> {
  const signature = dsseSignatureOf(bundle)
  let unread = 0
  for (let round = 0; round < MAX_READ_BACKS; round += 1) {
    if (round > 0) await timing.sleep(FIRST_WAIT_MS * 2 ** (round - 1), context.signal)
    const listed = await github.find(about)
    unread = listed.unread
    // Others may have attested the same, too.
    const found = listed.bundles.find((one) => dsseSignatureOf(one) === signature)
    if (found === undefined) continue
    // What was found in another place may say the same in words of another time.
    const isSame = await own.sameStatement(found, wanted)
    const fault = isSame ? undefined : await own.statementFault(found, wanted.payload())
    if (fault === undefined) return { found }
    return {
      outcome: 'contradicted',
      detail: `and what was read back does not verify: ${fault}`
    }
  }
  const detail =
    unread > 0
      ? 'and not read back: GitHub lists it without its bundle'
      : 'and not in the list that was read back'
  return { outcome: 'unavailable', detail }
}

function aboutOf(wanted: WantedStatement, digest: Digest): AttestationAbout {
  const { length } = wanted.payload()
  const bytes = Math.ceil(length / 3) * 4 + MATERIAL_BYTES
  return { digest, predicateType: wanted.predicateType, bytes }
}

function hasCertificate({ verificationMaterial }: JsonObject): boolean {
  const { certificate, x509CertificateChain } = jsonObjectOf(verificationMaterial) ?? {}
  return certificate !== undefined || x509CertificateChain !== undefined
}

/** GitHub writes the JSON of a bundle anew: this is how we would. */
function digestOf(bundle: unknown): Digest {
  const hex = createHash('sha256').update(JSON.stringify(bundle)).digest('hex')
  return { algorithm: 'sha256', hex }
}
