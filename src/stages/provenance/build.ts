import type { BuildFacts } from '../../formats/slsa-provenance.ts'
import type { Checkout } from '../../model/checkout.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { BuildLevel } from '../../model/predicate.ts'
import type { WorkflowClaims } from '../../model/workflow-claims.ts'
import { workflowClaims } from '../../services/github-oidc.ts'
import type { RunContext } from '../stage.ts'
import { startedBy } from './event.ts'
import { levelOf } from './level.ts'
import { EVENT_CONTRADICTS, EVENT_UNREADABLE, OTHER_COMMIT } from './rules.ts'

/** What is known of the run that builds. */
export interface Build {
  readonly facts: BuildFacts
  readonly level: BuildLevel
  readonly findings: readonly Finding[]
}

/**
 * Finds out which run this is: from the token of the code host, never from the environment.
 *
 * @returns why nobody knows, as text without a final period
 * @throws ServiceError when a token can be had, and cannot be verified
 */
export async function buildOf(context: RunContext, where: Checkout): Promise<Build | string> {
  const { host, settings, signal } = context
  if (host.idTokens === undefined) {
    return host.env['GITHUB_ACTIONS'] === 'true'
      ? 'this job may not ask the code host who it is: it has no `id-token: write`'
      : 'there is no code host to ask: this is no job of a workflow'
  }
  const { idTokens } = host
  const issuer = settings.sigstore.oidcIssuer
  const claims = await workflowClaims({ host, idTokens, signal, issuer })
  const started = startedBy(host, claims)
  const facts = { claims, server: serverOf(issuer, host.env['GITHUB_SERVER_URL']) }
  const about = { subject: `run ${claims.runId}` }
  const findings = [
    ...(started.kind === 'contradicted'
      ? [
          findingOf(EVENT_CONTRADICTS, {
            ...about,
            message: `The payload of the event is of another run: ${started.why}`
          })
        ]
      : []),
    ...(started.kind === 'unknown'
      ? [
          findingOf(EVENT_UNREADABLE, {
            ...about,
            message: `The inputs of this run are unknown: ${started.why}`
          })
        ]
      : []),
    ...otherCommit(where, claims)
  ]
  const inputs = started.kind === 'known' ? started.inputs : undefined
  return {
    facts: { ...facts, ...(inputs && { inputs }) },
    level: levelOf(claims, settings.sign),
    findings
  }
}

function otherCommit({ commit }: Checkout, { sha }: WorkflowClaims): readonly Finding[] {
  if (commit === undefined || commit === sha) return []
  const message = `The checkout is of commit ${commit}, and the run, which provenance names, is for ${sha}`
  return [findingOf(OTHER_COMMIT, { subject: commit, message })]
}

/**
 * The address of the code host whose tokens these are. The issuer was verified, the environment was not: it counts
 * only for issuers that do not say whose they are.
 */
function serverOf(issuer: string, fallback: string | undefined): string {
  const { protocol, host, pathname, origin } = new URL(issuer)
  if (host === 'token.actions.githubusercontent.com') return 'https://github.com'
  // GitHub Enterprise Cloud with data residency, and GitHub Enterprise Server.
  const tenant = /^token\.actions\.([\w-]+\.ghe\.com)$/.exec(host)?.[1]
  if (tenant !== undefined) return `${protocol}//${tenant}`
  if (pathname.startsWith('/_services/token')) return origin
  return fallback !== undefined && URL.canParse(fallback) ? new URL(fallback).origin : origin
}
