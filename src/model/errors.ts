import type { Problem } from './report.ts'

/** What every error of ours carries besides the message. */
interface ErrorDetails<Code extends string> {
  /** Stable and searchable; listed in docs/errors.md. */
  readonly code: Code
  /** Sentence case, no final period, values quoted: `Cannot read "yarn.lock": ...`. */
  readonly message: string
  /** What the reader can do about it, in the imperative. */
  readonly remedy: string
  readonly cause?: unknown
}

/**
 * The check could not be made. A check that was made and came out badly is not an error: it is a
 * finding, because a bad signature is data and a broken network is not.
 *
 * Catch it by subclass, report it by `code`. Never throw a plain `Error` outside a "cannot happen".
 */
export abstract class AssayError extends Error {
  readonly code: string
  readonly remedy: string

  constructor({ code, message, remedy, cause }: ErrorDetails<string>) {
    super(message, { cause })
    this.name = new.target.name
    this.code = code
    this.remedy = remedy
  }
}

/**
 * Codes by whose move it is, with what each means. docs/errors.md is generated from these; none is ever renamed.
 *
 * @public
 */
export const ERROR_CODES = {
  INPUT_INVALID: 'An input or flag has a value that is not one of its values.',
  INPUT_CONFLICT: 'Two inputs or flags contradict each other.',
  PERMISSION_MISSING: 'The job lacks a permission that the run was asked to use.',
  POLICY_INVALID: 'The policy file has a key or value that is not one of its own.',
  LOCKFILE_SYNTAX: 'A lockfile is not in the format that its name promises.',
  LOCKFILE_VERSION_UNSUPPORTED: 'A lockfile is of a version that Assay does not read.',
  FILE_TOO_LARGE: 'A file of the checkout is larger than Assay reads.',
  FILE_UNREADABLE: 'A file of the checkout may not be opened, or the disk fails.',
  CONFIG_SYNTAX: "A package manager's configuration file is damaged.",
  SERVICE_UNREACHABLE: 'No connection to a service could be made, or it broke.',
  SERVICE_TIMEOUT: 'A service fell silent or took too long.',
  SERVICE_STATUS: 'A service refused: it answered with an error status.',
  SERVICE_RESPONSE_INVALID: 'A service answered in a form that makes no sense.',
  SERVICE_LIMIT_EXCEEDED: 'A service sent more than Assay reads.',
  SERVICE_REDIRECT_REFUSED: 'A service redirected to a place that Assay does not follow to.',
  OFFLINE: 'The run was asked to use no network.',
  CANCELLED: 'The run was ended from outside.',
  INTERNAL: 'A bug in Assay.'
} as const

type InputCode = 'INPUT_INVALID' | 'INPUT_CONFLICT' | 'PERMISSION_MISSING' | 'POLICY_INVALID'

/** The workflow, command line or policy asks for something that cannot be done: its author has to change it. */
export class InputError extends AssayError {
  constructor(details: ErrorDetails<InputCode>) {
    super(details)
  }
}

type ParseCode =
  | 'LOCKFILE_SYNTAX'
  | 'LOCKFILE_VERSION_UNSUPPORTED'
  | 'FILE_TOO_LARGE'
  | 'FILE_UNREADABLE'
  | 'CONFIG_SYNTAX'

/** Bytes in the checkout are not in the format their name promises. */
export class ParseError extends AssayError {
  /** 1-based line of the fault, where it is known. */
  readonly line?: number
  /** Where it is, when it is not the file that was to be read but one beside it: `go.sum`, an included file. */
  readonly path?: string

  constructor({
    line,
    path,
    ...details
  }: ErrorDetails<ParseCode> & {
    readonly line?: number | undefined
    readonly path?: string | undefined
  }) {
    super(details)
    if (line !== undefined) this.line = line
    if (path !== undefined) this.path = path
  }
}

export type ServiceCode =
  | 'SERVICE_UNREACHABLE'
  | 'SERVICE_TIMEOUT'
  | 'SERVICE_STATUS'
  | 'SERVICE_RESPONSE_INVALID'
  | 'SERVICE_LIMIT_EXCEEDED'
  | 'SERVICE_REDIRECT_REFUSED'

/** A service did not answer, or not in a form or size we accept. Trying again may help. */
export class ServiceError extends AssayError {
  declare readonly code: ServiceCode
  /** What was asked, without credentials. */
  readonly url?: string
  /** What went wrong in a few words that hold for other URLs of the same host too: `status 503`. */
  readonly reason?: string
  /** After how many milliseconds at the earliest trying again may help, 0 for any; absent when it will not. */
  readonly retryInMs?: number

  constructor({
    url,
    reason,
    retryInMs,
    ...details
  }: ErrorDetails<ServiceCode> & {
    readonly url?: string
    readonly reason?: string
    readonly retryInMs?: number
  }) {
    super(details)
    if (url !== undefined) this.url = url
    if (reason !== undefined) this.reason = reason
    if (retryInMs !== undefined) this.retryInMs = retryInMs
  }
}

/** The run was asked not to look (`--offline`), or was ended from outside. */
export class CancelledError extends AssayError {
  constructor(details: ErrorDetails<'OFFLINE' | 'CANCELLED'>) {
    super(details)
  }
}

/** How reports show any error. What is not ours is a bug of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AssayError) {
    const { code, message, remedy }: AssayError = error
    return { code, message, remedy }
  }
  return {
    code: 'INTERNAL',
    message: messageOf(error),
    remedy: 'This is a bug in Assay; please report it with the debug log'
  }
}

/** Node's own errors are no `instanceof Error` of another realm, as inside jest: `Error.isError` is. */
export function messageOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error)
}

/** Where a bug of ours shows itself, for the debug log; empty for errors that are no bugs. */
export function traceOf(error: unknown): string {
  return error instanceof AssayError || !Error.isError(error) ? '' : (error.stack ?? '')
}
