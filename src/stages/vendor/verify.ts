import type { Checkout } from '../../model/checkout.ts'
import { AssayError, CancelledError, messageOf } from '../../model/errors.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { Policy } from '../../model/policy.ts'
import { patternFor } from '../../policy/path-pattern.ts'
import { baseFilesOf } from '../checkout/base-files.ts'
import { UNREADABLE } from '../inventory/rules.ts'
import { excludePatterns } from '../inventory/tree.ts'
import type { Inventory, RunContext, StageResult } from '../stage.ts'
import { type Bench, type Check, examineFile, examineLock } from './examine.ts'
import { vendorExitCode } from './exit-code.ts'
import { checkFindings, type Examined, missingFinding, unlistedFinding } from './findings.ts'
import { keyChange, trustOf } from './keys.ts'
import {
  type BaseLock,
  chooseLocks,
  folderOf,
  isVendorLock,
  type Pack,
  readBaseLocks,
  readPack,
  unlistedIn
} from './packs.ts'
import { BASE_UNREADABLE } from './rules.ts'
import { sectionOf } from './section.ts'

/** What the stage is given. */
export interface Given {
  readonly checkout: Checkout
  readonly inventory: Inventory
  readonly policy: Policy
}

/** Checks every vendored folder that counts. Never throws for what lies in one. */
export async function verifyVendored(
  context: RunContext,
  given: Given
): Promise<StageResult<undefined>> {
  const { host, settings } = context
  const { inventory, policy } = given
  const unreadable = unreadableLocks(context)
  const locks = inventory.lockfiles.filter(({ path }) => isVendorLock(path))
  const chosen = chooseLocks([...locks.map(({ path }) => path), ...unreadable], settings.vendor)
  const ours = locks.filter(({ fixture }) => !fixture).map(({ path }) => path)
  const paths = settings.vendor.length > 0 ? chosen.paths : ours
  const packs = paths.flatMap((path) => readPack(host.files, path) ?? [])
  const base = await baseOf(context, given)
  const examined = await examineAll(context, packs, policy)
  const patterns = excludePatterns(settings.exclude, policy)
  const isCounted = (path: string): boolean => patternFor(path, patterns) === undefined
  const findings = [
    ...missingFindings(context, given, { packs, base, unmatched: chosen.unmatched }),
    ...examined.flatMap(({ pack }) => keyChange(pack, trustOf(pack, policy.vendor), base)),
    ...baseFinding(packs, policy, base),
    ...examined.flatMap(checkFindings),
    ...packs.flatMap((pack) => unlistedFinding(pack, unlistedIn(pack, packs).filter(isCounted)))
  ]
  if (packs.length === 0 && findings.length === 0 && unreadable.length === 0) {
    return { output: undefined, nothing: 'no vendored folder counts' }
  }
  const exitCode = vendorExitCode(findings, unreadable)
  const checks = examined.flatMap((one) => one.checks)
  return {
    output: undefined,
    findings,
    evidence: checks.map(({ evidence }) => evidence),
    section: sectionOf(examined, exitCode),
    stats: statsOf(packs, checks),
    outputs: { 'vendor-exit-code': `${exitCode}` }
  }
}

/** Locks of the checkout that `inventory` has a finding about. */
function unreadableLocks({ reports }: RunContext): readonly string[] {
  return reports
    .flatMap(({ findings }) => findings)
    .filter(({ rule, subject }) => rule.id === UNREADABLE.id && isVendorLock(subject))
    .map(({ subject }) => subject)
}

async function examineAll(
  { host, signal }: RunContext,
  packs: readonly Pack[],
  policy: Policy
): Promise<readonly Examined[]> {
  const total = packs.reduce((sum, { lock }) => sum + lock.files.length, 0)
  const progress = host.progress('Verifying vendored files', total)
  const now = host
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
  const { allowLegacy } = policy.vendor
  const examined: Examined[] = []
  try {
    for (const pack of packs) {
      const trust = trustOf(pack, policy.vendor)
      const bench: Bench = { files: host.files, pack, trust, allowLegacy, now }
      const ofLock = examineLock(bench)
      const checks: Check[] = ofLock ? [ofLock] : []
      for (const file of pack.lock.files) {
        if (signal.aborted) throw ended()
        checks.push(...(await examineFile(bench, file, ofLock)))
        progress.advance()
      }
      examined.push({ pack, checks })
    }
  } finally {
    progress.done()
  }
  return examined
}

function ended(): CancelledError {
  return new CancelledError({
    code: 'CANCELLED',
    message: 'The run was ended while vendored files were read',
    remedy: 'Run it again, and let it finish'
  })
}

/** What the base commit's locks say; nothing where there is no base. */
interface BaseState {
  readonly commit: string
  readonly locks: readonly BaseLock[]
  /** Why it is not known. */
  readonly unknown?: string
}

async function baseOf(context: RunContext, given: Given): Promise<BaseState | undefined> {
  const { base } = given.checkout
  if (!base) return undefined
  const { commit } = base
  const known = given.inventory.base
  const files = baseFilesOf(context, given.checkout)
  if (!known || !files) return { commit, locks: [], unknown: 'its lockfiles cannot be read' }
  const paths = known.lockfiles.map(({ path }) => path).filter(isVendorLock)
  if (paths.length === 0) return { commit, locks: [] }
  try {
    return { commit, locks: await readBaseLocks(files, paths) }
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    return { commit, locks: [], unknown: messageOf(error) }
  }
}

function baseFinding(
  packs: readonly Pack[],
  policy: Policy,
  base: BaseState | undefined
): readonly Finding[] {
  if (base?.unknown === undefined) return []
  const unpinned = packs.filter((pack) => trustOf(pack, policy.vendor).from !== 'policy')
  if (unpinned.length === 0) return []
  const message = `Whether this pull request replaces the keys of ${unpinned.length} vendored folders cannot be told from base commit ${base.commit}: ${base.unknown}`
  return [findingOf(BASE_UNREADABLE, { subject: base.commit, message })]
}

/** A check that is gone must not look like one that passed. */
function missingFindings(
  { host, settings }: RunContext,
  { policy, inventory }: Given,
  found: {
    readonly packs: readonly Pack[]
    readonly base: BaseState | undefined
    readonly unmatched: readonly string[]
  }
): readonly Finding[] {
  const { packs, base, unmatched } = found
  const asked = unmatched.map((text) =>
    missingFinding(
      text,
      `No vendored folder with a lock is in "${text}", which \`vendor\` asks for`
    )
  )
  if (settings.vendor.length > 0) return asked
  const names = new Set(packs.map(({ lock }) => lock.name))
  const pinned = [...new Set(policy.vendor.keys.flatMap((rule) => rule.packs))]
    .filter((pattern) => !/[*?]/.test(pattern) && !names.has(pattern))
    .map((name) =>
      missingFinding(
        name,
        `No vendored folder is called "${name}", whose key the policy pins`,
        policy.source && { path: policy.source.path }
      )
    )
  const folders = new Set(
    inventory.lockfiles
      .map(({ path }) => path)
      .filter(isVendorLock)
      .map(folderOf)
  )
  const gone = (base?.locks ?? []).flatMap(({ path, lock }) => {
    const folder = folderOf(path)
    if (folders.has(folder) || folder === '') return []
    const { length } = host.files.list(folder, MAX_LEFT).entries
    const message = `The lock of ${lock.name} ${lock.version}, "${path}", is gone since base commit ${base?.commit}, and ${length} files are still in "${folder}"`
    return length === 0 ? [] : [missingFinding(path, message)]
  })
  return [...pinned, ...gone]
}

/** How many files of a folder without its lock are counted. */
const MAX_LEFT = 10_000

function statsOf(
  packs: readonly Pack[],
  checks: readonly Check[]
): Readonly<Record<string, number>> {
  const count = (outcome: string): number =>
    checks.filter(({ evidence }) => evidence.outcome === outcome).length
  return {
    folders: packs.length,
    files: packs.reduce((sum, { lock }) => sum + lock.files.length, 0),
    verified: count('verified'),
    contradicted: count('contradicted'),
    absent: count('absent'),
    unavailable: count('unavailable')
  }
}
