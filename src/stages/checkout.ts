import { basename, relative } from 'node:path'
import type { Base, Checkout } from '../model/checkout.ts'
import { InputError, messageOf } from '../model/errors.ts'
import { type Finding, findingOf, type Rule } from '../model/finding.ts'
import { type GitFacts, readGitFacts, slugOf } from '../services/git.ts'
import { type EventBase, hasCommit, readEventBase, workflowRepository } from '../services/github.ts'
import { sectionOf } from './checkout/section.ts'
import { defineStage, type RunContext } from './stage.ts'

const BASE_UNAVAILABLE: Rule = {
  id: 'checkout/base-unavailable',
  title: 'The base of the pull request cannot be read',
  severity: 'medium',
  why: 'What the pull request changes cannot be told from what was there before, and the policy of the base branch is not known.',
  remedy:
    'Give the job `permissions: contents: read` and Assay its `github-token`, or check out with `fetch-depth: 0`.'
}

const MISSING_SUBMODULE: Rule = {
  id: 'checkout/missing-submodule',
  title: 'A submodule is not checked out',
  severity: 'low',
  why: 'Lockfiles in it were not seen, so that what they lock is neither listed nor checked.',
  remedy: 'Check out with `submodules: true`.'
}

const SPARSE: Rule = {
  id: 'checkout/sparse',
  title: 'Only a part of the tree is checked out',
  severity: 'low',
  why: 'Lockfiles in the other part were not seen, so that what they lock is neither listed nor checked.',
  remedy: 'Check out without `sparse-checkout`, or add every folder that has a lockfile.'
}

const CHANGES_UNKNOWN: Rule = {
  id: 'checkout/changes-unknown',
  title: 'Nobody knows whether files differ from the commit',
  severity: 'low',
  why: 'The documents name a commit that the inventory may not be of.',
  remedy: 'Look at what `git status` says in the checkout.'
}

/** Finds out what is being looked at: repository, commit, changes, base. */
export const checkout = defineStage({
  id: 'checkout',
  title: 'Identify the checkout',
  needs: {},
  rules: [BASE_UNAVAILABLE, MISSING_SUBMODULE, SPARSE, CHANGES_UNKNOWN],
  essential: true,
  async run(context) {
    const { host, settings } = context
    const event = readEventBase(host)
    if (typeof event === 'string') throw unknownBase(event)
    const out = relative(host.files.root, settings.out).replaceAll('\\', '/')
    const facts = await readGitFacts(host, {
      base: event?.commit,
      ...(out !== '' && !out.startsWith('..') && { out })
    })
    const repository = facts?.repository ?? workflowUrl(context)
    const unrelated = event !== undefined && !isOf(event, repository)
    // A checkout of the base itself proposes nothing: `pull_request_target` has it by default.
    const own = unrelated || event?.commit === facts?.commit ? undefined : event
    const base = own && (await findBase(context, own, facts))
    const output = checkoutOf(context, { facts, repository, base: base?.base })
    // What is missing of the tree is missing for nobody who verifies what others signed.
    const ofTree = settings.mode === 'verify' ? [] : findingsOf(output)
    const findings = [...ofTree, ...(base?.finding ? [base.finding] : [])]
    return {
      output,
      findings,
      section: sectionOf(output, { git: facts !== undefined, unrelated }),
      stats: { changed: output.dirtyCount, submodules: output.submodules.length }
    }
  }
})

function unknownBase(why: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot tell what this pull request is compared with: ${why}`,
    remedy:
      'Run where `GITHUB_EVENT_PATH` is the payload of the event that `GITHUB_EVENT_NAME` names'
  })
}

interface Known {
  readonly facts: GitFacts | undefined
  readonly repository: string | undefined
  readonly base: Base | undefined
}

function checkoutOf(context: RunContext, { facts, repository, base }: Known): Checkout {
  const { host } = context
  const changes = facts?.changes
  const ref = refOf(context, facts)
  const whole = repository === undefined ? basename(host.files.root) : slugOf(repository)
  const named = repository !== undefined && facts?.folder !== undefined
  return {
    name: named ? `${whole}/${facts.folder}` : whole,
    ...(facts?.folder !== undefined && { folder: facts.folder }),
    ...(repository !== undefined && { repository }),
    ...(facts?.commit !== undefined && { commit: facts.commit }),
    ...(ref !== undefined && { ref }),
    ...(facts?.committedAt !== undefined && { committedAt: facts.committedAt }),
    dirty: changes && 'paths' in changes ? changes.paths : [],
    dirtyCount: changes && 'paths' in changes ? changes.count : 0,
    ...(changes && 'unknown' in changes && { dirtyUnknown: changes.unknown }),
    submodules: facts?.submodules ?? [],
    shallow: facts?.shallow ?? false,
    sparse: facts?.sparse ?? false,
    ...(base && { base })
  }
}

/**
 * The workflow's ref, where the checkout is of the workflow's commit: a detached head has no name of its own.
 * The workflow may check out other repositories and refs beside it.
 */
function refOf({ host }: RunContext, facts: GitFacts | undefined): string | undefined {
  const { GITHUB_REF: ref, GITHUB_SHA: commit } = host.env
  const same = facts?.commit === undefined ? isWorkspace(host) : facts.commit === commit
  return same && ref !== undefined && ref !== '' ? ref : facts?.ref
}

/** Without git, `actions/checkout` unpacks an archive of the workflow's own repository into the workspace. */
function workflowUrl({ host }: RunContext): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: slug } = host.env
  if (!isWorkspace(host) || server === undefined || slug === undefined) return undefined
  return URL.canParse(slug, `${server}/`) ? new URL(slug, `${server}/`).href : undefined
}

function isWorkspace({ env, files }: RunContext['host']): boolean {
  const workspace = env['GITHUB_WORKSPACE'] ?? ''
  return workspace !== '' && relative(workspace, files.root) === ''
}

/** A checkout of a third repository, beside that of the pull request, has nothing to do with its base. */
function isOf({ repositories }: EventBase, repository: string | undefined): boolean {
  return repository === undefined || repositories.includes(slugOf(repository).toLowerCase())
}

async function findBase(
  context: RunContext,
  { commit, ref }: EventBase,
  facts: GitFacts | undefined
): Promise<{ readonly base: Base; readonly finding?: Finding }> {
  const base: Base = { commit, ...(ref !== undefined && { ref }) }
  if (facts?.hasBase === true) return { base: { ...base, source: 'git' } }
  const why = await whyNotThroughApi(context, commit)
  if (why === undefined) return { base: { ...base, source: 'api' } }
  const here = facts?.shallow === true ? 'a shallow clone without it' : 'no clone that has it'
  const message = `Base commit ${commit} cannot be read: the checkout is ${here}, and ${why}`
  return { base, finding: findingOf(BASE_UNAVAILABLE, { subject: commit, message }) }
}

async function whyNotThroughApi(
  { host, settings }: RunContext,
  commit: string
): Promise<string | undefined> {
  if (settings.offline) return 'the run uses no network'
  const repository = workflowRepository(host.env, settings.githubToken)
  if (!repository) return 'the environment names no REST API of GitHub'
  try {
    const found = await hasCommit(host, repository, commit)
    return found ? undefined : `GitHub shows no such commit in "${repository.slug}"`
  } catch (error) {
    return messageOf(error)
  }
}

function findingsOf({ submodules, sparse, dirtyUnknown }: Checkout): readonly Finding[] {
  const missing = submodules
    .filter((submodule) => submodule.missing)
    .map(({ path, commit }) =>
      findingOf(MISSING_SUBMODULE, {
        subject: path,
        message: `Submodule "${path}" (commit ${commit}) is not checked out`,
        locations: [{ path: '.gitmodules' }]
      })
    )
  const part = sparse
    ? [findingOf(SPARSE, { subject: '.', message: 'The checkout is sparse' })]
    : []
  const unknown =
    dirtyUnknown === undefined
      ? []
      : [
          findingOf(CHANGES_UNKNOWN, {
            subject: '.',
            message: `Changes cannot be told: ${dirtyUnknown}`
          })
        ]
  return [...missing, ...part, ...unknown]
}
