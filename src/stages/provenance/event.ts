import { type JsonObject, jsonObjectOf } from '../../formats/json.ts'
import type { DispatchInputs } from '../../formats/slsa-provenance.ts'
import type { Host } from '../../host/host.ts'
import { messageOf } from '../../model/errors.ts'
import type { WorkflowClaims } from '../../model/workflow-claims.ts'

/** GitHub cuts the payload of an event at 25 MB. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024

/** Most inputs, and most characters of them: above what GitHub takes. */
const MAX_INPUTS = 100
const MAX_INPUT_CHARACTERS = 128 * 1024

/** What is known of how a run was started. */
export type Started =
  | { readonly kind: 'known'; readonly inputs?: DispatchInputs }
  | { readonly kind: 'unknown' | 'contradicted'; readonly why: string }

/**
 * Reads with which inputs a run was started by hand. Which event it was, and whether the payload is that of this run,
 * is held to the token: the payload lies in a file that every step of the job can write.
 *
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_dispatch
 */
export function startedBy(
  { env, readMachineText }: Pick<Host, 'env' | 'readMachineText'>,
  claims: WorkflowClaims
): Started {
  if (claims.eventName !== 'workflow_dispatch') return { kind: 'known' }
  const event = payloadIn(env['GITHUB_EVENT_PATH'] ?? '', readMachineText)
  if (typeof event === 'string') return { kind: 'unknown', why: event }
  const why = contradiction(event, claims)
  if (why !== undefined) return { kind: 'contradicted', why }
  const inputs = inputsIn(event['inputs'])
  if (typeof inputs === 'string') return { kind: 'unknown', why: inputs }
  return { kind: 'known', ...(inputs && { inputs }) }
}

function payloadIn(path: string, read: Host['readMachineText']): JsonObject | string {
  try {
    const text = read(path, MAX_EVENT_BYTES)
    if (text === undefined) return 'there is no file with the payload of the event'
    return jsonObjectOf(JSON.parse(text)) ?? 'the payload of the event is no JSON object'
  } catch (error) {
    return `the payload of the event cannot be read: ${messageOf(error)}`
  }
}

/** @returns what differs from the token, as text */
function contradiction(event: JsonObject, claims: WorkflowClaims): string | undefined {
  const { ref } = event
  const { id, full_name: name } = jsonObjectOf(event['repository']) ?? {}
  if (String(id) !== claims.repositoryId) {
    return `it is of the repository ${shown(name)} with the id ${shown(id)}, the token is of ${claims.repository} with the id ${claims.repositoryId}`
  }
  if (ref !== claims.ref) return `it is of the ref ${shown(ref)}, the token is of "${claims.ref}"`
  return undefined
}

/** @returns nothing when there are none; why they cannot be stated, as text */
function inputsIn(value: unknown): DispatchInputs | string | undefined {
  if (value === undefined || value === null) return undefined
  const object = jsonObjectOf(value)
  if (object === undefined) return 'the inputs in the payload of the event are no object'
  const entries = Object.entries(object)
  if (entries.length === 0) return undefined
  const plain = entries.flatMap(([name, item]) => (isPlain(item) ? [[name, item] as const] : []))
  if (plain.length < entries.length) return 'an input in the payload of the event is no plain value'
  if (plain.length > MAX_INPUTS || JSON.stringify(plain).length > MAX_INPUT_CHARACTERS) {
    return 'the inputs in the payload of the event are more than GitHub takes'
  }
  return Object.fromEntries(plain.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function shown(value: unknown): string {
  if (typeof value === 'number') return `${value}`
  return typeof value === 'string' ? `"${value.slice(0, 200)}"` : 'unknown'
}
