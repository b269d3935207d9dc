import { createHash } from 'node:crypto'
import { isAbsolute, posix, relative } from 'node:path'
import type { Checkout } from '../model/checkout.ts'
import { AssayError, InputError, messageOf, ParseError } from '../model/errors.ts'
import { type Finding, findingOf, type Rule } from '../model/finding.ts'
import { DEFAULT_POLICY, DEFAULT_POLICY_PATH, type Policy } from '../model/policy.ts'
import { MAX_POLICY_BYTES, parsePolicy, type PolicyVocabulary } from '../policy/policy-yaml.ts'
import { checkout } from './checkout.ts'
import { baseFilesOf } from './checkout/base-files.ts'
import { defineStage, type RunContext } from './stage.ts'

const BASE_UNREADABLE: Rule = {
  id: 'policy-file/base-unreadable',
  title: 'The policy of the base branch cannot be read',
  severity: 'high',
  why: 'The pull request was judged by the built-in defaults, and what the project asks for may be stricter. The policy that the pull request itself brings is never used.',
  remedy:
    'Give the job `permissions: contents: read` and Assay its `github-token`, or check out with `fetch-depth: 0`.'
}

const AFTER_MERGE: Rule = {
  id: 'policy-file/change-after-merge',
  title: 'A change of the policy takes effect after the merge',
  severity: 'info',
  why: 'A pull request is judged by the policy of its base branch, so that no change can weaken its own gate.',
  remedy: 'Review the change of the policy as carefully as a change of permissions.'
}

const INVALID_AFTER_MERGE: Rule = {
  id: 'policy-file/invalid-after-merge',
  title: 'The policy of the pull request is not valid',
  severity: 'high',
  why: 'Once merged, it would end every run with an error.',
  remedy: 'Correct the lines that the message names.'
}

/** Reads the policy: from the base commit on a pull request, so that no change can weaken its own gate. */
export const policyFile = defineStage({
  id: 'policy-file',
  title: 'Read the policy',
  needs: { checkout },
  rules: [BASE_UNREADABLE, AFTER_MERGE, INVALID_AFTER_MERGE],
  essential: true,
  async run(context, { checkout: where }) {
    const { host, settings } = context
    const path = pathInCheckout(host.files.root, settings.config)
    const reading: Reading = { context, path, explicit: path !== DEFAULT_POLICY_PATH }
    const { policy, findings } = where.base
      ? await fromBase(reading, where)
      : { policy: await fromCheckout(reading), findings: [] }
    const output: Policy = { ...policy, failOn: settings.failOn ?? policy.failOn }
    return {
      output,
      findings,
      stats: { rules: Object.keys(output.rules).length, waivers: output.waivers.length }
    }
  }
})

interface Reading {
  readonly context: RunContext
  readonly path: string
  /** Somebody asked for this file: it must exist. */
  readonly explicit: boolean
}

interface Read {
  readonly policy: Policy
  readonly findings: readonly Finding[]
}

/** @throws InputError `INPUT_INVALID` for a place outside of the checkout */
function pathInCheckout(root: string, config: string): string {
  const inside = isAbsolute(config) ? relative(root, config) : config
  const path = posix.normalize(inside.replaceAll('\\', '/'))
  if (!path.startsWith('../') && !isAbsolute(path)) return path
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot read policy "${config}": found a place outside of the checkout, expected one inside`,
    remedy: 'Give `config-file` a path relative to `path`'
  })
}

async function fromCheckout(reading: Reading): Promise<Policy> {
  const text = headText(reading)
  if (text !== undefined) return parsed(reading, text)
  if (reading.explicit) throw missing(reading.path, 'the checkout')
  return DEFAULT_POLICY
}

async function fromBase(reading: Reading, where: Checkout): Promise<Read> {
  const { context, path, explicit } = reading
  const commit = where.base?.commit ?? ''
  const base = baseFilesOf(context, where)
  if (!base) return unreadable(path, 'its commit could not be found')
  let text: string | undefined
  try {
    text = (await base.readTexts([path], MAX_POLICY_BYTES * 2)).get(path)
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    return unreadable(path, messageOf(error))
  }
  const head = headText(reading)
  if (text === undefined && head === undefined && explicit) {
    throw missing(path, `the checkout, nor in base commit ${commit}`)
  }
  const policy = text === undefined ? DEFAULT_POLICY : await parsed(reading, text, commit)
  return { policy, findings: await changeFindings(reading, text, head) }
}

function unreadable(path: string, why: string): Read {
  const message = `The base's policy "${path}" cannot be read: ${why}`
  return {
    policy: DEFAULT_POLICY,
    findings: [findingOf(BASE_UNREADABLE, { subject: path, message })]
  }
}

/** What the pull request does to the policy. */
async function changeFindings(
  reading: Reading,
  base: string | undefined,
  head: string | undefined
): Promise<readonly Finding[]> {
  const { path } = reading
  if (base === head) return []
  const about = { subject: path, locations: [{ path }] }
  const verb = base === undefined ? 'adds' : head === undefined ? 'removes' : 'changes'
  const message = `This pull request ${verb} "${path}": that takes effect after the merge`
  const change = findingOf(AFTER_MERGE, { ...about, message })
  if (head === undefined) return [findingOf(AFTER_MERGE, { subject: path, message })]
  try {
    await parsed(reading, head)
    return [change]
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return [change, findingOf(INVALID_AFTER_MERGE, { ...about, message: error.message })]
  }
}

async function parsed({ context, path }: Reading, text: string, commit?: string): Promise<Policy> {
  const name = commit === undefined ? path : `${path} of base commit ${commit}`
  const policy = await parsePolicy(text, name, vocabularyOf(context))
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { ...policy, source: { path, ...(commit !== undefined && { commit }), sha256 } }
}

function vocabularyOf({ rules }: RunContext): PolicyVocabulary {
  const ids = rules.map(({ id }) => id)
  return {
    rules: new Set(ids),
    unwaivable: new Set(ids.filter((id) => /^policy(?:-file)?\//.test(id))),
    // What a gate refuses stays refused: who does not want it verified does not name it.
    fixed: new Set(
      rules.flatMap(({ id, severity }) =>
        id.startsWith('verify/') && severity === 'critical' ? id : []
      )
    )
  }
}

/** @throws InputError `POLICY_INVALID` when it cannot be read */
function headText({ context, path }: Reading): string | undefined {
  try {
    return context.host.files.readText(path, MAX_POLICY_BYTES)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const { message, remedy } = error
    throw new InputError({ code: 'POLICY_INVALID', message, remedy, cause: error })
  }
}

function missing(path: string, where: string): InputError {
  return new InputError({
    code: 'POLICY_INVALID',
    message: `Cannot read policy "${path}": there is no such file in ${where}`,
    remedy: `Create it, or leave \`config-file\` out to use ${DEFAULT_POLICY_PATH} where there is one`
  })
}
