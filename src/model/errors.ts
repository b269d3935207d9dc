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
  | 'CONFIG_SYNTAX'

/** Bytes in the checkout are not in the format their name promises. */
export class ParseError extends AssayError {
  /** 1-based line of the fault, where it is known. */
  readonly line?: number

  constructor({
    line,
    ...details
  }: ErrorDetails<ParseCode> & { readonly line?: number | undefined }) {
    super(details)
    if (line !== undefined) this.line = line
  }
}

type ServiceCode =
  | 'SERVICE_UNREACHABLE'
  | 'SERVICE_TIMEOUT'
  | 'SERVICE_STATUS'
  | 'SERVICE_RESPONSE_INVALID'
  | 'SERVICE_LIMIT_EXCEEDED'
  | 'SERVICE_REDIRECT_REFUSED'

/** A service did not answer, or not in a form or size we accept. Trying again may help. */
export class ServiceError extends AssayError {
  constructor(details: ErrorDetails<ServiceCode>) {
    super(details)
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
