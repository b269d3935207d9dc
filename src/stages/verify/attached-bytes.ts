import { bundleOfLegacyLayer, timestampsOfLegacyLayer } from '../../formats/cosign-legacy.ts'
import { type JsonObject, jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'
import type { Descriptor } from '../../formats/oci/descriptor.ts'
import type { OciRepository } from '../../services/oci-registry.ts'
import { obstacleOf } from '../images/looked.ts'
import { inParallel } from '../in-parallel.ts'
import type { Attached, Look } from './attached.ts'
import { type BlindSpot, type Candidate, MAX_CANDIDATES } from './candidates.ts'

/** Requests to one registry at once. */
const MAX_AT_ONCE = 4

/** Largest bundle or layer that is read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024

/** What else may be read of one image, in bytes. */
export interface Budget {
  left: number
}

/**
 * Reads what is attached, smallest first: who attaches much and large things must not keep the rest from being seen.
 * What is not read any more is told.
 */
export async function readAttached(
  look: Look,
  attached: readonly Attached[],
  budget: Budget
): Promise<{ readonly candidates: readonly Candidate[]; readonly blind: readonly BlindSpot[] }> {
  const worth = attached
    .toSorted((a, b) => a.layer.size - b.layer.size)
    .slice(0, MAX_CANDIDATES)
    .filter(({ layer }) => {
      const fits = layer.size <= MAX_BYTES && layer.size <= budget.left
      if (fits) budget.left -= layer.size
      return fits
    })
  const rest = attached.length - worth.length
  const blind: BlindSpot[] =
    rest > 0
      ? [{ place: 'the rest of what is attached', reason: `${rest} more, or too large` }]
      : []
  const read = await inParallel(worth, MAX_AT_ONCE, async (one) => {
    try {
      return await candidateOf(look.repository, one)
    } catch (error) {
      blind.push({ place: one.origin, ...obstacleOf(look.context, error) })
      return undefined
    }
  })
  return { candidates: read.filter((one) => one !== undefined), blind }
}

async function candidateOf(
  repository: OciRepository,
  { origin, source, layer, form }: Attached
): Promise<Candidate> {
  const about = { origin, source }
  const bytes = await bytesOf(repository, layer)
  if (typeof bytes === 'string') return { ...about, bundle: bytes }
  if (form === 'bundle') return { ...about, bundle: jsonObjectIn(bytes) ?? 'it is no JSON object' }
  const bundle = bundleOfLegacyLayer({ ...layer, bytes })
  return form === 'sig'
    ? { ...about, bundle, payload: bytes }
    : { ...about, bundle: withTimestamps(bundle, layer), stamped: bytes }
}

/** @returns why they cannot be had, as text */
async function bytesOf(repository: OciRepository, layer: Descriptor): Promise<Uint8Array | string> {
  const found = await repository.blob(layer)
  if (found === undefined) return 'the registry does not have its bytes'
  return found.kind === 'contradicted' ? `its bytes have the digest ${found.observed}` : found.bytes
}

/** All that is there has to hold, also what the bundle itself has no place for. */
function withTimestamps(bundle: JsonObject | string, layer: Descriptor): JsonObject | string {
  const rfc3161Timestamps = timestampsOfLegacyLayer(layer)
  if (typeof bundle === 'string' || rfc3161Timestamps.length === 0) return bundle
  const material = jsonObjectOf(bundle['verificationMaterial'])
  const timestampVerificationData = { rfc3161Timestamps }
  return { ...bundle, verificationMaterial: { ...material, timestampVerificationData } }
}
