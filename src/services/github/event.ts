import type { Host } from '../../host/host.ts'
import { messageOf } from '../../model/errors.ts'

/** GitHub cuts the payload of an event at 25 MB. */
const MAX_EVENT_BYTES = 32 * 1024 * 1024

/** Events whose payload names the base. */
const NAMES_BASE = /^(?:pull_request(?:_target|_review|_review_comment)?|merge_group)$/

/** What a change is proposed against. */
export interface EventBase {
  /** Full commit id. */
  readonly commit: string
  /** Full ref. */
  readonly ref?: string
  /** `owner/name` of the repositories that the change goes into and comes from, in lower case. */
  readonly repositories: readonly string[]
}

/**
 * Reads what the workflow's event proposes a change against. Events that run with the rights of the default
 * branch for somebody else's change (`workflow_run`, `issue_comment`) do not name its base; the workflow's own
 * commit stands for it then, so that the policy is never that of the change.
 *
 * @returns nothing when the event proposes no change; why it is unknown, as a string, when it does and
 *   does not say against what
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export function readEventBase(
  host: Pick<Host, 'env' | 'readMachineText'>
): EventBase | string | undefined {
  const name = host.env['GITHUB_EVENT_NAME'] ?? ''
  const named = NAMES_BASE.test(name)
  if (!named && name !== 'workflow_run' && name !== 'issue_comment') return undefined
  const path = host.env['GITHUB_EVENT_PATH'] ?? ''
  let event: unknown
  try {
    event = JSON.parse(host.readMachineText(path, MAX_EVENT_BYTES) ?? '')
  } catch (error) {
    return `the payload of the event ${name} cannot be read: ${messageOf(error)}`
  }
  if (!named && !isOnChange(event)) return undefined
  const change = at(event, name === 'merge_group' ? 'merge_group' : 'pull_request')
  const base = at(change, 'base')
  const commit = named ? (at(base, 'sha') ?? at(change, 'base_sha')) : host.env['GITHUB_SHA']
  if (typeof commit !== 'string' || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
    return `the payload of the event ${name} names no base commit`
  }
  const ref = refOf(named ? (at(base, 'ref') ?? at(change, 'base_ref')) : host.env['GITHUB_REF'])
  return { commit, ...(ref !== undefined && { ref }), repositories: repositoriesOf(event, change) }
}

/** A workflow that a pull request set off, or a comment on a pull request. */
function isOnChange(event: unknown): boolean {
  const origin = at(at(event, 'workflow_run'), 'event')
  const commented = at(at(event, 'issue'), 'pull_request')
  const onChange = typeof origin === 'string' && NAMES_BASE.test(origin)
  return onChange || (typeof commented === 'object' && commented !== null)
}

function repositoriesOf(event: unknown, change: unknown): readonly string[] {
  const slugs = [
    at(event, 'repository'),
    at(at(change, 'base'), 'repo'),
    at(at(change, 'head'), 'repo'),
    at(at(event, 'workflow_run'), 'head_repository')
  ]
    .map((repository) => at(repository, 'full_name'))
    .filter((slug) => typeof slug === 'string')
    .map((slug) => slug.toLowerCase())
  return [...new Set(slugs)]
}

function refOf(ref: unknown): string | undefined {
  if (typeof ref !== 'string' || ref === '') return undefined
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined
}

/**
 * Who may see the repository that the workflow runs in, as its event says it.
 *
 * @returns `public`, `private` or `internal`; nothing outside of a workflow, or when the event does not say
 */
export function readEventVisibility(
  host: Pick<Host, 'env' | 'readMachineText'>
): string | undefined {
  const path = host.env['GITHUB_EVENT_PATH'] ?? ''
  try {
    const event: unknown = JSON.parse(host.readMachineText(path, MAX_EVENT_BYTES) ?? '')
    const repository = at(event, 'repository')
    const visibility = at(repository, 'visibility')
    if (typeof visibility === 'string') return visibility
    const isPrivate = at(repository, 'private')
    return typeof isPrivate === 'boolean' ? (isPrivate ? 'private' : 'public') : undefined
  } catch {
    return undefined
  }
}
