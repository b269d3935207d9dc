import { attestationGroupsIn } from '../../formats/python/attestation.ts'
import type { IndexFile } from '../../formats/python/simple-index.ts'
import type { LockedFile } from '../../model/component.ts'
import type { Digest } from '../../model/digest.ts'
import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import { TRUSTED_ROOT_TARGET } from '../registry-defaults.ts'
import type {
  SignatureClient,
  SignatureContext,
  SignatureObservation,
  SignatureSource
} from '../signature-source.ts'
import type { SigstoreTargets } from '../sigstore-targets.ts'
import { type BundleVerifier, bundleVerifier, type SigstoreTrust } from '../sigstore-verify.ts'
import { checkPythonAttestation } from './attestation.ts'
import { indexLookup, type Lookup } from './lookup.ts'
import type { IndexPage } from './pages.ts'
import { addressOf } from './source.ts'
import { fileOn } from './statement.ts'

/** Most bytes of the provenance of a file: two attestations are about 12 KB. */
const MAX_PROVENANCE_BYTES = 4 * 1024 * 1024

/**
 * The attestations that Python's package indexes give out for files.
 *
 * @see https://peps.python.org/pep-0740/
 */
export const pypiAttestations: SignatureSource = pypiAttestationsBy(async ({ trusted }) =>
  publicTrust(await trusted())
)

/** The same, with another root than that of the public instance. */
export function pypiAttestationsBy(
  trust: (context: SignatureContext) => Promise<PythonTrust>
): SignatureSource {
  return {
    ecosystem: 'PyPI',
    signs: 'attestation',
    listsAlternatives: true,
    algorithm: 'sha256',
    connect: (context) => connect(context, () => trust(context))
  }
}

/** What Python's attestations are verified with. */
export interface PythonTrust extends SigstoreTrust {
  /** Why it is not the newest. */
  readonly frozen?: string
}

function publicTrust({ asOf, frozen, target }: SigstoreTargets): PythonTrust {
  const trustedRoot = target(TRUSTED_ROOT_TARGET)
  return { trustedRoot, keys: [], asOf, ...(frozen !== undefined && { frozen }) }
}

interface Listed {
  readonly file: IndexFile
  readonly source: string
  /** The index says of some file whether it has attestations. */
  readonly attests: boolean
}

function connect(
  context: SignatureContext,
  trustedBy: () => Promise<PythonTrust>
): SignatureClient {
  const lookup = indexLookup(context)
  let trust: Promise<PythonTrust> | undefined
  let verifier: Promise<BundleVerifier> | undefined
  return {
    placeOf(component, file) {
      const config = lookup.configOf(file.location.path)
      const [first] = config.sourcesFor(component)
      return first && withoutSecrets(addressOf(first, config.env).url.href)
    },

    async ask({ component, file, digest }) {
      const listed = await lookup.find(component, file, (page) => listedOn(page, file))
      if (listed === undefined) return undefined
      const { provenance } = listed.file
      if (typeof provenance !== 'string') {
        const detail = 'the index has no attestation of it'
        return {
          serves: listed.attests ? ['attestation'] : [],
          observations: [{ kind: 'attestation', outcome: 'absent', source: listed.source, detail }]
        }
      }
      const { asOf, frozen } = await (trust ??= trustedBy())
      const verify = await (verifier ??= trust.then(bundleVerifier))
      const text = await provenanceAt(context, { lookup, file, url: provenance })
      const about = { project: component.name, name: listed.file.name, digest }
      return {
        serves: ['attestation'],
        trustAsOf: asOf,
        ...(frozen !== undefined && { trustFrozen: frozen }),
        observations: observationsIn(text, {
          verify,
          asOf,
          about,
          source: withoutSecrets(provenance)
        })
      }
    }
  }
}

function listedOn(page: IndexPage, file: LockedFile): Listed | undefined {
  const found = fileOn(page, file)
  const attests = page.files.some(({ provenance }) => provenance !== undefined)
  return found && { file: found, source: page.source, attests }
}

/** @throws ServiceError */
async function provenanceAt(
  { host, signal }: SignatureContext,
  given: { readonly lookup: Lookup; readonly file: LockedFile; readonly url: string }
): Promise<string | undefined> {
  const { lookup, file, url } = given
  const authorization = lookup.configOf(file.location.path).authorizationFor(new URL(url))
  const answer = await host.http.fetch({
    url,
    headers: { accept: 'application/vnd.pypi.integrity.v1+json, application/json;q=0.9' },
    maxBytes: MAX_PROVENANCE_BYTES,
    compressed: true,
    signal,
    ...(authorization !== undefined && { authorization })
  })
  if (answer.status !== 200) return undefined
  return new TextDecoder().decode(answer.body)
}

interface Checking {
  readonly verify: BundleVerifier
  readonly asOf: string
  readonly about: { readonly project: string; readonly name: string; readonly digest: Digest }
  readonly source: string
}

function observationsIn(
  text: string | undefined,
  { verify, asOf, about, source }: Checking
): readonly SignatureObservation[] {
  const groups = text === undefined ? [] : attestationGroupsIn(text)
  if (groups === undefined) {
    throw new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot read the attestations at "${source}": they are no provenance of version 1`,
      reason: 'answered with something else than attestations',
      url: source,
      remedy: 'Look with a browser what is there, and whether a newer Assay reads it'
    })
  }
  const found = groups.flatMap(({ publisher, attestations }) =>
    attestations.map((attestation) => ({
      source,
      ...checkPythonAttestation({ verify, asOf }, { publisher, attestation }, about)
    }))
  )
  if (found.length > 0) return found
  const reason = 'it says that there are attestations, and serves none'
  return [{ kind: 'attestation', outcome: 'unavailable', source, detail: reason, reason }]
}
