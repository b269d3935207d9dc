import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../model/errors.ts'
import type { GitOptions, GitResult, Host } from './host.ts'
import { findProgram, type ProgramMachine } from './program.ts'

/**
 * Longest that one git command may take, in milliseconds. A pipe in the place of a `.gitignore` makes git wait
 * for ever.
 */
const TIMEOUT_MS = 60_000

/** Most bytes of output that are kept when the caller does not say. */
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024

/** Most content filters that a repository may define before we refuse to compare contents. */
const MAX_FILTERS = 50

/** A `.git` file holds one path. */
const MAX_GITDIR_FILE_BYTES = 8192

/**
 * The commands that are safe with {@link SAFE_CONFIG}: they read, show no patches, check no signatures and
 * start no program of their own. Every other one is refused, so that nobody adds one without looking.
 */
const COMMANDS = new Set([
  'cat-file',
  'config',
  'ls-files',
  'ls-tree',
  'rev-parse',
  'status',
  'symbolic-ref'
])

/**
 * A repository's own configuration may name programs. Each of these switches one way off; the command
 * line wins over every file. The network is closed by `GIT_ALLOW_PROTOCOL`, content filters by
 * {@link withoutFilters}.
 *
 * @see https://git-scm.com/docs/git-config
 */
const SAFE_CONFIG = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.pager=cat',
  'core.excludesFile=/dev/null',
  'core.attributesFile=/dev/null',
  'credential.helper=',
  'diff.external=',
  'log.showSignature=false',
  'safe.bareRepository=explicit',
  'status.submoduleSummary=false',
  'submodule.recurse=false'
].flatMap((setting) => ['-c', setting])

/** What git and the system need of the environment, in upper case. The rest holds secrets, or steers git. */
const PASSED_ON = new Set([
  'PATH',
  'HOME',
  'XDG_CONFIG_HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'WINDIR',
  'TEMP',
  'TMP',
  'TMPDIR'
])

/** The machine, as far as running git is concerned. */
export interface GitMachine extends ProgramMachine {
  /** Longest that one git command may take, in milliseconds; for tests. */
  readonly timeoutMs?: number
}

/**
 * Runs git on the repository that `root` lies in, in a way that lets no configuration, hook or attribute of
 * that repository start a program.
 *
 * @see Host.git
 */
export function gitRunner(machine: GitMachine): Host['git'] {
  let known: { readonly program: string | undefined; readonly repository?: Repository } | undefined
  return async (args, options = {}) => {
    const [command = ''] = args
    if (!COMMANDS.has(command))
      throw new Error(`git ${command} is not on the list of safe commands`)
    known ??= { program: findProgram(machine, 'git'), ...findRepository(machine.root) }
    const { program, repository } = known
    if (program === undefined) return failure('git is not on the PATH')
    if (repository === undefined) return failure('no git repository')
    const run = (...all: string[]): Promise<GitResult> =>
      spawnGit(program, all, { ...options, machine, repository })
    if (command !== 'status') return run(...args)
    const disabled = await withoutFilters(run)
    return typeof disabled === 'string' ? failure(disabled) : run(...disabled, ...args)
  }
}

/**
 * Options that switch off every content filter which any configuration defines. `status` compares contents
 * whenever time stamps are no proof, and sends them through these programs first.
 *
 * @returns why it cannot be done, as a string
 */
async function withoutFilters(
  run: (...args: string[]) => Promise<GitResult>
): Promise<readonly string[] | string> {
  const { exitCode, stdout } = await run(
    'config',
    '-z',
    '--name-only',
    '--get-regexp',
    '^filter\\.'
  )
  // 1: there is none.
  if (exitCode > 1 || exitCode < 0) return 'its configuration cannot be read'
  const names = new Set(stdout.split('\0').map((key) => key.slice(0, key.lastIndexOf('.'))))
  names.delete('')
  if (names.size > MAX_FILTERS) return `it defines ${names.size} content filters`
  // `-c` splits at the first `=`: such a name could not be switched off.
  if ([...names].some((name) => name.includes('='))) return 'a content filter has "=" in its name'
  return [...names].flatMap((name) =>
    ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((value) => [
      '-c',
      `${name}.${value}`
    ])
  )
}

interface Spawn extends GitOptions {
  readonly machine: GitMachine
  readonly repository: Repository
}

async function spawnGit(
  program: string,
  args: readonly string[],
  { machine, repository, input, maxBytes = MAX_OUTPUT_BYTES, encoding = 'utf8' }: Spawn
): Promise<GitResult> {
  const stdout = collector(maxBytes)
  const stderr = collector(64 * 1024)
  const child = namedChild()
  try {
    const { exec } = await import('@actions/exec')
    const ended = exec(program, ['--no-pager', ...child.options, ...SAFE_CONFIG, ...args], {
      cwd: machine.root,
      env: environmentOf(machine, repository),
      silent: true,
      ignoreReturnCode: true,
      listeners: { stdout: stdout.add, stderr: stderr.add },
      ...(input !== undefined && { input: Buffer.from(input) })
    })
    const timeoutMs = machine.timeoutMs ?? TIMEOUT_MS
    const exitCode = await within(timeoutMs, ended)
    if (exitCode === undefined) {
      child.kill()
      return failure(`git did not end within ${timeoutMs / 1000} seconds`)
    }
    if (stdout.full()) return failure(`git wrote more than ${maxBytes} bytes`)
    return { exitCode, stdout: stdout.text(encoding), stderr: stderr.text('utf8') }
  } catch (error) {
    return failure(messageOf(error))
  } finally {
    child.release()
  }
}

interface NamedChild {
  /** To be among the options of git: a setting that means nothing to it. */
  readonly options: readonly string[]
  kill(): void
  release(): void
}

/** `@actions/exec` does not hand out the process that it starts; Node tells of every one. */
function namedChild(): NamedChild {
  const name = `assay.call=${randomUUID()}`
  const started: ChildProcess[] = []
  const note = (message: unknown): void => {
    started.push((message as { readonly process: ChildProcess }).process)
  }
  subscribe('child_process', note)
  return {
    options: ['-c', name],
    kill: () => started.find(({ spawnargs }) => spawnargs.includes(name))?.kill('SIGKILL'),
    release: () => unsubscribe('child_process', note)
  }
}

/** @returns nothing when it takes longer, -1 for a process that was killed and has no code */
async function within(ms: number, ended: Promise<number | null>): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  try {
    const exitCode = await Promise.race([ended, late])
    return exitCode === null ? -1 : exitCode
  } finally {
    clearTimeout(timer)
  }
}

function environmentOf(
  { env }: GitMachine,
  { gitDir, workTree }: Repository
): Record<string, string> {
  const passed = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && PASSED_ON.has(name.toUpperCase()) ? [[name, value] as const] : []
  )
  return {
    ...Object.fromEntries(passed),
    // Named, the repository is not searched for: no embedded bare repository is met, no owner doubted,
    // and `core.worktree` cannot point elsewhere.
    GIT_DIR: gitDir,
    GIT_WORK_TREE: workTree,
    // A list of two empty names: objects that are missing are never fetched, by no protocol.
    GIT_ALLOW_PROTOCOL: ':',
    GIT_NO_LAZY_FETCH: '1',
    // A commit id stands for its own content, not for what `refs/replace` says.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C'
  }
}

interface Repository {
  /** A folder, or the file that says where the folder is. */
  readonly gitDir: string
  readonly workTree: string
}

/** Looks upwards, as git does, but above `root` only at what belongs to us or to the owner of `root`. */
function findRepository(root: string): { readonly repository?: Repository } {
  const owners = [ownerOf(root), process.getuid?.()]
  for (let workTree = root; ; workTree = dirname(workTree)) {
    const gitDir = join(workTree, '.git')
    const trusted = workTree === root || owners.includes(ownerOf(gitDir))
    if (trusted && isGitDir(gitDir)) return { repository: { gitDir, workTree } }
    if (workTree === dirname(workTree)) return {}
  }
}

function isGitDir(path: string): boolean {
  try {
    const stat = statSync(path)
    return stat.isFile()
      ? stat.size < MAX_GITDIR_FILE_BYTES && readFileSync(path, 'utf8').startsWith('gitdir: ')
      : existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects'))
  } catch {
    return false
  }
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid
}

function failure(stderr: string): GitResult {
  return { exitCode: -1, stdout: '', stderr }
}

interface Collector {
  add(chunk: Buffer): void
  full(): boolean
  text(encoding: 'utf8' | 'latin1'): string
}

/** Keeps the first `maxBytes` bytes and remembers that there were more. */
function collector(maxBytes: number): Collector {
  const chunks: Buffer[] = []
  let bytes = 0
  return {
    add(chunk) {
      bytes += chunk.length
      if (bytes <= maxBytes) chunks.push(chunk)
    },
    full: () => bytes > maxBytes,
    text: (encoding) => Buffer.concat(chunks).toString(encoding)
  }
}
