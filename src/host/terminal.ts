import { logLine, withoutCommands } from '../model/plain-text.ts'
import type { Host, Logger } from './host.ts'
import { idTokens } from './id-tokens.ts'
import { machine, type MachineOptions } from './machine.ts'
import {
  type ProgressDisplay,
  progressOn,
  renderProgressBar,
  renderProgressLine
} from './progress.ts'
import { secretKeeper } from './secrets.ts'

/** Two streams and who reads them. */
export interface Terminal {
  readonly env: Host['env']
  /** Results. */
  readonly out: Stream
  /** Progress and messages. */
  readonly err: Stream
}

/** The part of a stream that is used. */
export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
  on?(event: 'error', listener: () => void): unknown
}

export interface TerminalOptions extends Omit<MachineOptions, 'env'> {
  readonly terminal: Terminal
  /** `quiet` shows neither messages below errors nor progress. */
  readonly volume: 'quiet' | 'normal' | 'verbose'
}

export interface TerminalHost extends Host {
  /** Prints results whose lines the caller made safe to show. A log of a workflow may be where they end. */
  print(text: string): void
  /** Prints a piece of a document for machines, as it is but for secrets. */
  printDocument(chunk: string): void
  /** Prints a remark about the run beside results. Its lines are safe to show. */
  remark(text: string): void
}

/** The host of a run that a person started. */
export function terminalHost(options: TerminalOptions): TerminalHost {
  const { terminal, volume } = options
  const secrets = secretKeeper()
  const display = displayOn(terminal.err)
  const show = (stream: Stream, text: string): void => {
    display.clear()
    stream.write(secrets.redact(text))
  }
  const logger =
    (prefix: string): ((message: string) => void) =>
    (message) => {
      show(terminal.err, `${prefix}${logLine(message)}\n`)
    }
  const log: Logger = {
    debug: volume === 'verbose' ? logger('debug: ') : silent,
    info: volume === 'quiet' ? silent : logger(''),
    warning: volume === 'quiet' ? silent : logger('warning: '),
    error: logger('error: ')
  }
  const own = { ...machine({ ...options, env: terminal.env }), mask: secrets.add }
  return {
    ...own,
    ...idTokens(own),
    log,
    progress: (title, total) =>
      volume === 'quiet' ? NO_PROGRESS : progressOn(display, title, total),
    noArtifacts: 'a terminal has no artifact store',
    print: (text) => {
      show(terminal.out, withoutCommands(text))
    },
    printDocument: (chunk) => {
      show(terminal.out, chunk)
    },
    remark: (text) => {
      show(terminal.err, withoutCommands(text))
    }
  }
}

const NO_PROGRESS = { advance: silent, done: silent }

function silent(): void {
  // Nothing is shown.
}

/** A bar on a terminal, lines elsewhere: a log that nobody watches is no place to redraw. */
function displayOn(stream: Stream): ProgressDisplay {
  if (stream.isTTY !== true) {
    return {
      kind: 'lines',
      now: () => performance.now(),
      show: (state) => stream.write(`${logLine(renderProgressLine(state))}\n`),
      clear: silent
    }
  }
  let drawn = false
  return {
    kind: 'bar',
    now: () => performance.now(),
    show(state) {
      drawn = true
      stream.write(`\r\u001b[2K${renderProgressBar(state, columnsOf(stream) ?? 80)}`)
    },
    clear() {
      if (drawn) stream.write('\r\u001b[2K')
      drawn = false
    }
  }
}

/** How wide a terminal is; nothing when it does not know, or is none. Some say 0. */
export function columnsOf({ isTTY, columns = 0 }: Stream): number | undefined {
  return isTTY === true && columns > 0 ? columns : undefined
}

/**
 * Whether a stream gets colours: what the user says on the command line, then what the environment says,
 * then whether somebody looks.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function wantsColor(
  stream: Stream,
  env: Host['env'],
  said: 'color' | 'no-color' | undefined
): boolean {
  if (said !== undefined) return said === 'color'
  const { NO_COLOR: no = '', FORCE_COLOR: force, TERM: term } = env
  if (no !== '') return false
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false'
  return stream.isTTY === true && term !== 'dumb'
}
