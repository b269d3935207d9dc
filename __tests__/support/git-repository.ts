import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** A real repository in a temporary folder, made with fixed names and dates. */
export interface GitRepository {
  readonly root: string
  git(...args: readonly string[]): string
  /** Whether git says yes by its exit status. */
  answers(...args: readonly string[]): boolean
  write(path: string, text: string): void
  /** Adds settings to its configuration, as one write: a process for each is slow on a busy machine. */
  configure(settings: Readonly<Record<string, string>>): void
  /** Commits everything. @returns its id */
  commit(message: string): string
  /** As a partial clone, which has the name of an object and not its bytes. */
  removeObject(oid: string): void
  remove(): void
}

const ENV = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  // Else each commit starts a process that tidies up, and that may still run when the folder is removed.
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'maintenance.auto',
  GIT_CONFIG_VALUE_0: 'false',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05+01:00',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05+01:00',
  GIT_ALLOW_PROTOCOL: 'file'
}

export function gitRepository(files: Readonly<Record<string, string>> = {}): GitRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'assay-git-')))
  const repository = gitIn(root)
  repository.git('init', '-q', '-b', 'main')
  for (const [path, text] of Object.entries(files)) repository.write(path, text)
  return repository
}

/** `section.sub.section.name` with its value, as git's own file has it. */
function settingText([key, value]: readonly [string, string]): string {
  const parts = key.split('.')
  const [section = '', name = ''] = [parts.shift(), parts.pop()]
  const header = parts.length > 0 ? `${section} ${JSON.stringify(parts.join('.'))}` : section
  return `[${header}]\n\t${name} = ${JSON.stringify(value)}\n`
}

/** Handles an existing folder as a repository. */
export function gitIn(root: string): GitRepository {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: root, env: ENV, encoding: 'utf8', stdio: 'pipe' }).trim()
  return {
    root,
    git,
    answers: (...args) =>
      spawnSync('git', args, { cwd: root, env: ENV, stdio: 'ignore' }).status === 0,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
    configure(settings) {
      const file = git('rev-parse', '--git-path', 'config')
      appendFileSync(resolve(root, file), Object.entries(settings).map(settingText).join(''))
    },
    commit(message) {
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', message)
      return git('rev-parse', 'HEAD')
    },
    removeObject: (oid) => rmSync(join(root, '.git/objects', oid.slice(0, 2), oid.slice(2))),
    remove: () => rmSync(root, { recursive: true, force: true })
  }
}
