import type { ChildProcess } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { assertFreshBundle } from '../__tests__/support/bundle.ts'
import {
  type ActionRun,
  runAction,
  runCli,
  type Workspace,
  workspaceOf
} from '../__tests__/support/run-bundle.ts'
import { type CheckedOut, checkOut, SIGSTORE_FOLDER } from './demonstration/checkout.ts'
import { madeBy } from './demonstration/made.ts'
import { viewMarkdown } from './demonstration/markdown-view.ts'
import { padded, type Screen, styled, widthOf, wrapped } from './demonstration/screen.ts'
import { type Embedded, startServices } from './demonstration/services.ts'
import { stepLog } from './demonstration/step-log.ts'

const ROOT = join(import.meta.dirname, '..')

const TUF_ROOT = `${SIGSTORE_FOLDER}/root.json`
const TRUSTED_ROOT = `${SIGSTORE_FOLDER}/trusted-root.json`

const FILES = 'dist/index.js\ndist/cli.js'
const ONE_FILE = 'dist/index.js'

/** Of this environment, what is not for the run that is played: the runner has its own. */
const NOT_PASSED_ON =
  /^(?:GITHUB_|GH_|INPUT_|ACTIONS_|RUNNER_|COSIGN_|SIGSTORE_|DOCKER_|REGISTRY_AUTH_FILE$|CI$)/

const SHOWN_OPEN = /^Signatures: /

/** What the parts of the demonstration share. */
interface Play {
  readonly screen: Screen
  readonly workspace: Workspace
  readonly embedded: Embedded
  readonly env: Readonly<Record<string, string>>
  readonly print: (text: string) => void
  readonly onStart: (child: ChildProcess) => void
}

/** Where it is shown. */
type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>

/** A part that may fail. */
interface Part {
  readonly what: string
  readonly status: number
  /** Checks that could not be made. */
  readonly unknown?: number
}

/**
 * Runs the action on this repository as the runner does, with everything that it talks to in this process, but for
 * package registries; and verifies what it signed.
 *
 * @param prepare is given the services before anything talks to them
 * @returns the exit status: of the first part that failed
 */
export async function demonstrate(
  out: Output,
  prepare: (embedded: Embedded) => void = () => {}
): Promise<number> {
  const began = performance.now()
  assertFreshBundle()
  const screen: Screen = {
    columns: Math.min(out.isTTY ? out.columns : 110, 130),
    colours: wantsColours(out) ? 'on' : 'off'
  }
  const workspace = workspaceOf()
  const signals = endOnSignals(workspace)
  const started: Embedded[] = []
  try {
    const checkedOut = await checkOut(ROOT, workspace.path)
    const embedded = await startServices(ROOT, checkedOut.commit ?? '0'.repeat(40))
    started.push(embedded)
    prepare(embedded)
    const print = (text: string): void => void out.write(text)
    const { onStart } = signals
    const play: Play = { screen, workspace, embedded, env: environment(), print, onStart }
    introduce(play, checkedOut)
    const parts = await perform(play)
    return conclude(play, parts, performance.now() - began)
  } finally {
    const closed = started.map((embedded) => embedded.close())
    await Promise.all([...closed, rm(dirname(workspace.path), { recursive: true, force: true })])
    signals.release()
  }
}

function wantsColours(out: Output): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return NO_COLOR === undefined && out.isTTY
}

/** As a runner passes on its own: with registries, proxies and certificates as they are configured here. */
function environment(): Readonly<Record<string, string>> {
  const { NO_PROXY, no_proxy: lower, ...rest } = process.env
  const kept = Object.entries(rest).flatMap(([name, value]): [string, string][] =>
    value === undefined || NOT_PASSED_ON.test(name) ? [] : [[name, value]]
  )
  const direct = [NO_PROXY ?? lower ?? '', '127.0.0.1'].filter((part) => part !== '').join(',')
  return { ...Object.fromEntries(kept), NO_PROXY: direct, no_proxy: direct }
}

/** Whoever is impatient leaves nothing behind either. */
function endOnSignals(workspace: Workspace): {
  readonly onStart: Play['onStart']
  readonly release: () => void
} {
  const running = new Set<ChildProcess>()
  const end = (): void => {
    for (const child of running) child.kill('SIGKILL')
    workspace.remove()
    process.exit(130)
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  return {
    onStart(child) {
      running.add(child)
      child.on('close', () => running.delete(child))
    },
    release: () => void process.off('SIGINT', end).off('SIGTERM', end)
  }
}

function introduce(
  { screen, embedded, print }: Play,
  { commit, changed, files }: CheckedOut
): void {
  const state =
    commit === undefined
      ? 'without git'
      : `at ${commit.slice(0, 12)}${changed > 0 ? `, ${changed} of them changed` : ''}`
  const { sigstore, registry, github, actions } = embedded
  const services = [
    ['Registry with an image for two platforms', registry.url],
    ["Issuer of the runner's tokens", sigstore.oidc.url],
    ['Certificate authority and log of certificates (Fulcio)', sigstore.fulcio.url],
    ['Logs of signatures (Rekor)', `${sigstore.rekorV1.url}, ${sigstore.rekorV2.url}`],
    ['Timestamp authority', sigstore.tsa.url],
    ['TUF repository of these', sigstore.tuf.url],
    [
      "GitHub's API, and what keeps artifacts",
      `${github.url}, ${actions.env['ACTIONS_RESULTS_URL'] ?? ''}`
    ]
  ] as const
  print(
    `${styled(screen, 'bold', 'Assay: what one step of a workflow does, played on this machine')}\n\n`
  )
  print(
    `${wrapped(
      `The action as it is committed runs on this repository (${files} files, ${state}) as a runner would start it. Package registries are the real ones that are configured here; everything else is in this process, for as long as it runs:`,
      screen.columns
    )}\n\n`
  )
  rows(screen, print, services)
}

function rows(
  screen: Screen,
  print: Play['print'],
  lines: readonly (readonly [string, string])[]
): void {
  const width = Math.max(...lines.map(([name]) => widthOf(name)))
  const indent = ' '.repeat(width + 4)
  for (const [name, value] of lines) {
    const shown = wrapped(value, screen.columns - indent.length).replaceAll('\n', `\n${indent}`)
    print(`  ${padded(name, width)}  ${shown}\n`)
  }
}

function heading({ screen, print }: Play, text: string): void {
  const rule = styled(screen, 'dim', '─'.repeat(Math.max(0, screen.columns - widthOf(text) - 4)))
  print(`\n${styled(screen, 'dim', '──')} ${styled(screen, 'bold', text)} ${rule}\n\n`)
}

async function perform(play: Play): Promise<readonly Part[]> {
  const run = await runStep(play)
  heading(play, 'The job summary')
  play.print(
    viewMarkdown(run.summary, { ...play.screen, opens: (title) => SHOWN_OPEN.test(title) })
  )
  heading(play, 'Outputs of the step')
  rows(
    play.screen,
    play.print,
    Object.entries(run.outputs).map(([name, value]) => [name, beginningOf(value)] as const)
  )
  const signed = showMade(play, run)
  const unknown = Number(run.outputs['unavailable'] ?? '0')
  const step = { what: 'the step', status: run.exitCode ?? 1, unknown }
  if (signed.status !== 0) return [step, signed]
  layBeside(play.workspace, run.outputs['output-folder'] ?? '')
  return [step, await verify(play, play.embedded.image.reference), await verify(play, ONE_FILE)]
}

/** Lists and commands are in the summary in full. */
function beginningOf(value: string): string {
  const [first = '', ...more] = value.trim().split('\n')
  return more.length === 0 ? first : `${first} and ${more.length} more lines`
}

/** As a release has them: signatures beside the file. */
function layBeside({ path }: Workspace, outputFolder: string): void {
  for (const name of readdirSync(outputFolder)) {
    if (!/\.sigstore\.jsonl?$/.test(name)) continue
    copyFileSync(join(outputFolder, name), join(path, dirname(ONE_FILE), name))
  }
}

async function runStep(play: Play): Promise<ActionRun> {
  const { embedded, workspace, env, screen, print, onStart } = play
  const { sigstore, image } = embedded
  save(workspace, TUF_ROOT, sigstore.tuf.root)
  save(workspace, TRUSTED_ROOT, sigstore.trustedRoot)
  const inputs = {
    images: image.reference,
    'subject-path': FILES,
    sign: 'keyless',
    'signature-forms': 'referrer, github, file',
    'tuf-url': sigstore.tuf.url,
    'tuf-root': TUF_ROOT,
    'oidc-issuer': sigstore.oidc.url,
    ...embedded.login
  }
  heading(play, 'The step')
  print('  - uses: <owner>/assay@<sha>\n    with:\n')
  for (const [name, value] of Object.entries(inputs)) {
    const shown = name === 'registry-password' ? '***' : value
    const indented = shown.includes('\n') ? `|\n${shown.replace(/^/gm, ' '.repeat(10))}` : shown
    print(`      ${name}: ${indented}\n`)
  }
  print('\n')
  const log = stepLog(screen, print)
  const run = await runAction({
    workspace,
    inputs,
    env: { ...env, ...embedded.env },
    onStart(child) {
      onStart(child)
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', log.write)
    }
  })
  log.end()
  return run
}

function save(workspace: Workspace, path: string, json: unknown): void {
  const file = join(workspace.path, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(json))
}

/** What the services say that they hold. */
function showMade(play: Play, run: ActionRun): Part {
  heading(play, 'What was signed, and where it is now')
  const made = madeBy(play.embedded, run.outputs['output-folder'])
  rows(play.screen, play.print, made.rows)
  const isSigned = made.attestations > 0 && made.files.length > 0
  return { what: 'signing', status: isSigned ? 0 : 1 }
}

/** As anybody would, with the name of the workflow as it has to be, letter by letter. */
async function verify(play: Play, subject: string): Promise<Part> {
  const { embedded, workspace, env, screen, print, onStart } = play
  const { sigstore } = embedded
  const args = [
    'verify',
    subject,
    '--identity',
    sigstore.identity(),
    '--issuer',
    sigstore.oidc.issuer(),
    '--trusted-root',
    TRUSTED_ROOT
  ]
  heading(play, `Verify ${subject.replace(/@sha256:.*/, '')}`)
  print(`${styled(screen, 'dim', `$ node dist/cli.js ${args.join(' ')}`)}\n\n`)
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: workspace.path, env, onStart })
  print(`${stderr}${stdout}`)
  return { what: `verifying ${subject}`, status: exitCode ?? 1 }
}

function conclude({ screen, embedded, print }: Play, parts: readonly Part[], ms: number): number {
  const failed = parts.find(({ status }) => status !== 0)
  const unknown = parts.reduce((sum, part) => sum + (part.unknown ?? 0), 0)
  const seconds = `${(ms / 1000).toFixed(1)} s`
  const [mark, words] =
    failed !== undefined
      ? [styled(screen, 'red', '✗'), `Failed: ${failed.what}, with exit status ${failed.status}`]
      : unknown > 0
        ? [styled(screen, 'yellow', '!'), 'Signed and verified; not everything could be checked']
        : [styled(screen, 'green', '✓'), 'Checked, signed and verified']
  const lines = [
    `${mark} ${words} (${seconds}).`,
    ...(unknown > 0
      ? [
          `  ${unknown} checks of dependencies could not be made. Nothing is known there, which is neither a pass nor a failure; the findings say what was in the way.`
        ]
      : []),
    `  Nothing of it is left: ${embedded.registry.name} and all other services are gone, and so is the folder.`,
    '  Look at a checkout of your own: npm start -- <path>'
  ]
  print(`\n${lines.map((line) => wrapped(line, screen.columns, '  ')).join('\n')}\n`)
  return failed?.status ?? 0
}
