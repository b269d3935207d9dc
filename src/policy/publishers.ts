import type { PublisherRule } from '../model/policy.ts'
import type { Signer } from '../model/signer.ts'
import { textMatches } from './wildcard.ts'

/** Who vouches for the identities of a server's workflows: a certificate of any other issuer names nothing of it. */
const ISSUERS: Readonly<Record<string, string>> = {
  'github.com': 'https://token.actions.githubusercontent.com',
  'gitlab.com': 'https://gitlab.com'
}

/** The rules that name a package. */
export function publishersOf(
  rules: readonly PublisherRule[],
  purl: string
): readonly PublisherRule[] {
  const plain = withoutVersion(purl)
  return rules.filter(({ packages }) => packages.some((pattern) => textMatches(pattern, plain)))
}

/** `pkg:npm/%40octo/lib` of `pkg:npm/%40octo/lib@1.0.0?a=b`: in a purl, every other `@` is escaped. */
function withoutVersion(purl: string): string {
  return purl.split(/[@?#]/, 1)[0] ?? ''
}

/**
 * Holds a signer to a rule. Everything is compared whole: a part of an address never counts.
 *
 * @returns what differs, as text; nothing when the signer is the one that the rule names
 */
export function publisherMismatch(rule: PublisherRule, signer: Signer): string | undefined {
  const { repository, workflow, ref, builder } = rule
  const issuer = ISSUERS[new URL(repository).host]
  if (issuer === undefined || signer.issuer !== issuer) {
    return differs('issuer', signer.issuer, issuer ?? 'a known one')
  }
  if (signer.repository !== repository) {
    return differs('repository', signer.repository, repository)
  }
  if (workflow !== undefined && !startedBy(signer, repository, workflow)) {
    return differs('workflow', signer.workflow, `${repository}/${workflow}`)
  }
  if (ref !== undefined && (signer.ref === undefined || !textMatches(ref, signer.ref))) {
    return differs('ref', signer.ref, ref)
  }
  const used = signer.builder ?? signer.workflow
  if (builder !== undefined && withoutRef(used) !== builder) {
    return differs('builder', used, builder)
  }
  return undefined
}

/** GitHub puts one slash between repository and path, GitLab two; then the ref or the commit. */
function startedBy(signer: Signer, repository: string, path: string): boolean {
  return ['/', '//'].some((slash) =>
    [signer.ref, signer.commit].some(
      (at) => at !== undefined && signer.workflow === `${repository}${slash}${path}@${at}`
    )
  )
}

/** The address of a workflow without the ref at its end. */
export function withoutRef(workflow: string | undefined): string | undefined {
  return workflow?.split('@', 1)[0]
}

function differs(what: string, found: string | undefined, expected: string): string {
  return `its ${what} is ${found ?? 'not stated'}, expected ${expected}`
}
