import { writeFileSync } from 'node:fs'
import * as core from '@actions/core'
import type { Annotation } from '../model/annotation.ts'
import { messageOf } from '../model/errors.ts'
import { logLine, plainText } from '../model/plain-text.ts'
import { artifactStore, whyNoArtifacts } from './artifacts.ts'
import type { Host, Logger } from './host.ts'
import { idTokens } from './id-tokens.ts'
import { machine, type MachineOptions } from './machine.ts'
import { progressOn, renderProgressLine } from './progress.ts'

/** The runner shows this many annotations of a level for each step, and drops the rest without a word. */
const MAX_ANNOTATIONS = 10

/** The runner cuts messages here, in UTF-16 units. */
const MAX_ANNOTATION_LENGTH = 4096

/**
 * Longest output, in bytes. Users put outputs into `env:`, where one of 128 KiB makes every program fail
 * to start (`Argument list too long`); a job's outputs share 1 MB.
 */
const MAX_OUTPUT_BYTES = 8192

/** What a step says to the runner that runs it. */
export interface RunnerConsole {
  readonly log: Logger
  mask(secret: string): void
  /** Folds the lines from here to {@link endGroup} in the log. */
  group(title: string): void
  endGroup(): void
  /** Beside a line of the checkout. What is beyond the runner's limit becomes a line of the log. */
  annotate(annotation: Annotation): void
  setOutput(name: string, value: string): void
  /** Replaces the whole job summary of this step. */
  writeSummary(markdown: string): void
}

export type RunnerHost = Host & RunnerConsole

export interface RunnerOptions extends MachineOptions {
  readonly console: RunnerConsole
}

/** The host of a run in a workflow. */
export function runnerHost(options: RunnerOptions): RunnerHost {
  const { console, env } = options
  const noArtifacts = whyNoArtifacts(env)
  const display = {
    kind: 'lines',
    now: () => performance.now(),
    show: (state: Parameters<typeof renderProgressLine>[0]) => {
      core.info(logLine(renderProgressLine(state)))
    },
    clear: () => {}
  } as const
  const own = { ...machine(options), ...console }
  return {
    ...own,
    ...idTokens(own),
    progress: (title, total) => progressOn(display, title, total),
    ...(noArtifacts === undefined ? { artifacts: artifactStore(own) } : { noArtifacts })
  }
}

/** Talks to the runner through `@actions/core`. Everything that is shown is made safe here. */
export function runnerConsole(env: Host['env']): RunnerConsole {
  return {
    log: {
      debug: (message) => {
        if (core.isDebug()) core.debug(logLine(message))
      },
      info: line,
      // Not the runner's own commands: each would use up one of its few annotations.
      warning: (message) => {
        line(`Warning: ${message}`)
      },
      error: (message) => {
        line(`Error: ${message}`)
      }
    },
    mask: (secret) => {
      if (secret.trim() !== '') core.setSecret(secret)
    },
    group: (title) => {
      core.startGroup(plainText(title))
    },
    endGroup: core.endGroup,
    annotate: annotator(),
    setOutput(name, value) {
      if (env['GITHUB_OUTPUT'] === undefined) return
      if (Buffer.byteLength(value) <= MAX_OUTPUT_BYTES) core.setOutput(name, value)
      else line(`Warning: Output "${name}" is too long and was not set`)
    },
    writeSummary(markdown) {
      const path = env['GITHUB_STEP_SUMMARY']
      if (path === undefined) return
      try {
        // As core.summary does it, which takes the way over threads at every stage.
        writeFileSync(path, markdown)
      } catch (error) {
        line(`Warning: Cannot write the job summary: ${messageOf(error)}`)
      }
    }
  }
}

function line(message: string): void {
  core.info(logLine(message))
}

function annotator(): RunnerConsole['annotate'] {
  const issue = { error: core.error, warning: core.warning, notice: core.notice }
  const used = { error: 0, warning: 0, notice: 0 }
  return ({ level, title, message, path, line: at }) => {
    used[level]++
    if (used[level] > MAX_ANNOTATIONS) {
      line(`${title}: ${message}${path === undefined ? '' : ` (${path})`}`)
      return
    }
    issue[level](plainText(message, MAX_ANNOTATION_LENGTH), {
      title: plainText(title),
      ...(path !== undefined && { file: plainText(path) }),
      ...(at !== undefined && { startLine: at })
    })
  }
}
