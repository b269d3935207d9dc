import { setImmediate } from 'node:timers/promises'
import type { Ecosystem } from '../ecosystems/ecosystem.ts'
import type { Host } from '../host/host.ts'
import { AssayError, CancelledError, messageOf, ParseError, problemOf } from '../model/errors.ts'
import { type Finding, findingOf, type Rule } from '../model/finding.ts'
import { checkout } from './checkout.ts'
import { baseFilesOf } from './checkout/base-files.ts'
import { type BaseResult, readBase } from './inventory/base.ts'
import {
  baseName,
  type Candidate,
  type Extracted,
  lockfilesIn,
  mergeExtractions,
  readerOf,
  type Tree
} from './inventory/lockfiles.ts'
import {
  BASE_UNREADABLE,
  INCOMPLETE,
  MISSING_LOCKFILE,
  NO_LOCKFILE,
  UNREADABLE,
  UNREADABLE_FIXTURE,
  UNSEEN,
  UNSUPPORTED
} from './inventory/rules.ts'
import { sectionOf } from './inventory/section.ts'
import { excludePatterns, MAX_LOCKFILE_BYTES, walkCheckout } from './inventory/tree.ts'
import { unlockedFindings } from './inventory/unlocked.ts'
import { policyFile } from './policy-file.ts'
import { defineStage, type Inventory, type RunContext } from './stage.ts'

/** Reads every lockfile of the checkout. No network, but for the base of a pull request. */
export const inventory = defineStage({
  id: 'inventory',
  title: 'List dependencies',
  needs: { checkout, policy: policyFile },
  rules: [
    UNREADABLE,
    UNREADABLE_FIXTURE,
    NO_LOCKFILE,
    MISSING_LOCKFILE,
    UNSUPPORTED,
    UNSEEN,
    BASE_UNREADABLE
  ],
  essential: true,
  async run(context, { checkout: where, policy }) {
    const { host, settings } = context
    const patterns = excludePatterns(settings.exclude, policy)
    const walk = await walkCheckout(context, patterns)
    const files = baseFilesOf(context, where)
    // Parsers are most of all code, and there may be nothing to parse.
    const ecosystems =
      walk.paths.length + walk.irregular.length === 0 && !files ? [] : await allEcosystems()
    const tree: Tree = {
      ecosystems,
      paths: walk.paths,
      read: readerOf(walk.paths, (path) => host.files.readText(path, MAX_LOCKFILE_BYTES))
    }
    const candidates = lockfilesIn(tree)
    const { found, findings } = await extractAll(context, candidates)
    const merged = mergeExtractions(found)
    const scope = { patterns, ecosystems, known: candidates.map(({ path }) => path) }
    const base = files && (await tryBase(() => readBase(files, scope)))
    const output: Inventory = { ...merged, ...(base?.result && { base: base.result.inventory }) }
    const all = [
      ...foldFixtures(findings),
      ...noLockfile(candidates),
      ...unlockedFindings(tree),
      ...unseenFindings(walk),
      ...irregularFindings(walk.irregular, ecosystems),
      ...(base?.finding ? [base.finding] : [])
    ]
    return {
      output,
      findings: all,
      section: sectionOf({
        found,
        gaps: merged.gaps,
        tree: walk,
        ...(base?.result && { base: base.result })
      }),
      stats: statsOf(output, all, found)
    }
  }
})

async function allEcosystems(): Promise<readonly Ecosystem[]> {
  const { ECOSYSTEMS } = await import('../ecosystems/index.ts')
  return ECOSYSTEMS
}

/** Reads each lockfile by itself: one that is damaged, or that finds a fault of ours, takes no other with it. */
async function extractAll(
  { host, signal }: RunContext,
  candidates: readonly Candidate[]
): Promise<{ readonly found: readonly Extracted[]; readonly findings: readonly Finding[] }> {
  const found: Extracted[] = []
  const findings: Finding[] = []
  const progress = host.progress('Reading lockfiles', candidates.length)
  try {
    for (const candidate of candidates) {
      // Signals and the progress bar get their turn.
      await setImmediate()
      if (signal.aborted) throw ended()
      try {
        found.push({ candidate, extraction: candidate.extract() })
      } catch (error) {
        findings.push(unreadable(candidate, error, host.log))
      }
      progress.advance()
    }
  } finally {
    progress.done()
  }
  return { found, findings }
}

function ended(): CancelledError {
  return new CancelledError({
    code: 'CANCELLED',
    message: 'The run was ended while lockfiles were read',
    remedy: 'Run it again, and let it finish'
  })
}

function unreadable({ path, fixture }: Candidate, error: unknown, log: Host['log']): Finding {
  const rule: Rule = fixture ? UNREADABLE_FIXTURE : UNREADABLE
  if (error instanceof ParseError) {
    const line = error.line === undefined ? {} : { line: error.line }
    const locations = [{ path: error.path ?? path, ...line }]
    return findingOf(rule, { subject: path, message: error.message, locations })
  }
  if (Error.isError(error)) log.debug(error.stack ?? '')
  const { code, message, remedy } = problemOf(error)
  return findingOf(rule, {
    subject: path,
    message: `Cannot read "${path}": ${code}, ${message}. ${remedy}`,
    locations: [{ path }]
  })
}

/** Most damaged fixtures that are named. */
const MAX_FIXTURES_NAMED = 10

/** Damaged test data is one thing to know, however much of it there is. */
function foldFixtures(findings: readonly Finding[]): readonly Finding[] {
  const data = findings.filter(({ rule }) => rule === UNREADABLE_FIXTURE)
  if (data.length <= 1) return findings
  const named = data.slice(0, MAX_FIXTURES_NAMED)
  const rest = data.length - named.length
  const names = named.map(({ subject }) => subject).join(', ')
  const folded = findingOf(UNREADABLE_FIXTURE, {
    subject: '.',
    message: `${data.length} lockfiles among test data cannot be read: ${names}${rest > 0 ? ` and ${rest} more` : ''}`,
    locations: named.flatMap(({ locations }) => locations)
  })
  return [...findings.filter(({ rule }) => rule !== UNREADABLE_FIXTURE), folded]
}

function noLockfile(candidates: readonly Candidate[]): readonly Finding[] {
  if (candidates.some(({ fixture }) => !fixture)) return []
  const data = candidates.length === 0 ? '' : `, but for ${candidates.length} among test data`
  const message = `No lockfile that Assay reads is in the checkout${data}`
  return [findingOf(NO_LOCKFILE, { subject: '.', message })]
}

/** Most places that are named one by one. */
const MAX_UNSEEN_FINDINGS = 20

function unseenFindings({
  unseen,
  unseenCount
}: Awaited<ReturnType<typeof walkCheckout>>): readonly Finding[] {
  const named = unseen.slice(0, MAX_UNSEEN_FINDINGS).map(({ path, reason }) =>
    findingOf(UNSEEN, {
      subject: path,
      message: `"${path}" could not be looked at: ${reason}`,
      locations: [{ path }]
    })
  )
  const rest = unseenCount - named.length
  if (rest <= 0) return named
  const message = `${rest} more places could not be looked at`
  return [...named, findingOf(UNSEEN, { subject: '.', message })]
}

/** A package manager may follow a link that we do not, so a lockfile that is none for us is not nothing. */
function irregularFindings(
  irregular: readonly string[],
  ecosystems: readonly Ecosystem[]
): readonly Finding[] {
  return irregular
    .filter((path) => ecosystems.some((ecosystem) => ecosystem.recognises(baseName(path))))
    .slice(0, MAX_UNSEEN_FINDINGS)
    .map((path) =>
      findingOf(UNSEEN, {
        subject: path,
        message: `"${path}" was not read: it is a link that leads outside of the checkout or to no file, or no regular file`,
        locations: [{ path }]
      })
    )
}

/** What cannot be compared counts as changed; it does not end the run. */
async function tryBase(
  read: () => Promise<BaseResult>
): Promise<{ readonly result?: BaseResult; readonly finding?: Finding }> {
  try {
    return { result: await read() }
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    return { finding: findingOf(BASE_UNREADABLE, { subject: '.', message: messageOf(error) }) }
  }
}

function statsOf(
  { components, lockfiles, gaps }: Inventory,
  findings: readonly Finding[],
  found: readonly Extracted[]
): Readonly<Record<string, number>> {
  const unread = findings.filter(({ rule }) => INCOMPLETE.includes(rule)).length
  const data = lockfiles.filter(({ fixture }) => fixture)
  const ours = components.filter(({ fixture }) => fixture === undefined)
  const dataGaps = found
    .filter(({ candidate }) => candidate.fixture)
    .reduce((sum, { extraction }) => sum + extraction.gaps.length, 0)
  return {
    lockfiles: lockfiles.length - data.length,
    components: ours.length,
    edges: ours.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0),
    gaps: gaps.length - dataGaps,
    ...(unread > 0 && { unread }),
    ...(data.length > 0 && {
      testDataLockfiles: data.length,
      testDataComponents: components.length - ours.length,
      testDataGaps: dataGaps
    })
  }
}
