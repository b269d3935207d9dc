/**
 * Everything Assay does to the outside world. There are two: the runner and the terminal. Tests pass
 * a fake; nothing else is mocked.
 */
export interface Host {
  readonly log: Logger
  /** The process's environment, frozen at start. Values may be secrets. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The machine that we run on, in Node's words. */
  readonly platform: Platform
  readonly files: CheckoutFiles
  /**
   * Text of a configuration file of this machine, such as the user's `.npmrc`; nothing when it does not exist,
   * is no regular file or may not be read. Links are followed. Never for a path that the checkout names.
   *
   * @param path absolute, in the machine's own form; anything else is not looked for
   * @throws ParseError `FILE_TOO_LARGE` above `maxBytes`
   */
  readMachineText(path: string, maxBytes: number): string | undefined
  /**
   * The bytes of a file of this machine as whoever wants them asks for them; nothing when it does not exist, is no
   * regular file or may not be read. Links are followed. Only for a path that whoever started the run named.
   *
   * @param path absolute
   * @throws ParseError `FILE_UNREADABLE` while it is read
   */
  machineChunks(path: string): AsyncIterable<Uint8Array> | undefined
  readonly http: HttpClient
  /** Current time. Injected so that reports are reproducible. */
  now(): Date
  /** Runs `git` in the checkout. Never throws for its exit code. */
  git(args: readonly string[], options?: GitOptions): Promise<GitResult>
  /**
   * Asks one of Docker's credential helpers for the login to a registry: beside git, the only programs that are
   * ever run. Never for a name that the checkout gives. Never throws.
   *
   * @param name without `docker-credential-`
   */
  credentialHelper(name: string, serverUrl: string): Promise<HelperAnswer>
  /** Keeps `secret` out of every log from here on. */
  mask(secret: string): void
  /** Shows that something is under way. Ends when `done` is called. */
  progress(title: string, total: number): Progress
  /** Writes into the output folder, piece by piece. @returns the absolute path */
  write(name: string, chunks: Iterable<string>): Promise<string>
  /**
   * Text of a document in the output folder as it lies on the disk; nothing when there is none. For who wants to
   * see that what was written is what he meant.
   *
   * @throws ParseError `FILE_TOO_LARGE` above `maxBytes`
   */
  readBack(name: string, maxBytes: number): string | undefined
  /** Asks the runner for a token that says which workflow this is. Absent where the job may not ask. */
  readonly idTokens?: IdTokens
  /** Absent where there is none: on a terminal, on a runner without its token. */
  readonly artifacts?: ArtifactStore
  /** Why there is none. */
  readonly noArtifacts?: string
}

export interface Platform {
  /** `process.platform`: `linux`, `darwin`, `win32` … */
  readonly os: string
  /** `process.arch`: `x64`, `arm64` … */
  readonly cpu: string
  /** Linux only. */
  readonly libc?: 'glibc' | 'musl'
}

/** Messages may hold hostile text: implementations neutralise workflow commands and control characters. */
export interface Logger {
  debug(message: string): void
  info(message: string): void
  warning(message: string): void
  error(message: string): void
}

export interface Progress {
  /** One more is done. */
  advance(count?: number): void
  done(): void
}

/** The tree that is inspected. Paths are relative to its root, with `/`, and cannot leave it. */
export interface CheckoutFiles {
  /** Absolute path of the root. */
  readonly root: string
  /**
   * Every regular file below the root in one walk. Never follows a linked folder; a linked file counts when
   * its target is a regular file inside. `.git` and `node_modules` are left out.
   *
   * @param skip asked for each folder (with a trailing `/`) and file; what it answers true for is left out
   */
  walk(skip: (path: string) => boolean): Promise<Walk>
  /**
   * Text of a file; nothing when it does not exist, is no regular file, lies outside or in a `.git` folder,
   * which may hold credentials.
   *
   * @throws ParseError `FILE_TOO_LARGE` above `maxBytes`, `FILE_UNREADABLE` when it may not be opened
   */
  readText(path: string, maxBytes: number): string | undefined
  /** SHA-256 of a file's bytes in hex; nothing where {@link readText} would say nothing or throw. */
  sha256(path: string): Promise<string | undefined>
  /**
   * Hands the bytes of a file over piece by piece.
   *
   * @returns how many; nothing where {@link readText} says nothing
   * @throws ParseError `FILE_TOO_LARGE` above `maxBytes`, `FILE_UNREADABLE` when it may not be opened or read
   */
  readBytes(
    path: string,
    options: { readonly maxBytes: number; take(chunk: Uint8Array): void }
  ): Promise<number | undefined>
  /**
   * The bytes of a file as whoever wants them asks for them: only one piece is held at a time.
   *
   * @throws ParseError while it is read: `FILE_TOO_LARGE` above `maxBytes`, `FILE_UNREADABLE` where
   *   {@link readText} says nothing, too
   */
  chunks(path: string, maxBytes: number): AsyncIterable<Uint8Array>
  /**
   * Everything below a folder, `node_modules` too, but for `.git`. No link is followed, also not the folder itself.
   *
   * @param maxEntries after which the rest is left out
   */
  list(folder: string, maxEntries: number): Listing
  /** What lies at a path, no link followed on the way; nothing for a folder, or where nothing is. */
  kindOf(path: string): ListedEntry['kind'] | undefined
  /** Whether there is a folder with anything in it. */
  isPopulated(folder: string): boolean
}

/** What lies below a folder. */
export interface Listing {
  /** Sorted by path. */
  readonly entries: readonly ListedEntry[]
  /** There is more, or a folder that may not be read. */
  readonly partial: boolean
}

/** A file, or what is none: a link, a device, a socket. Folders are only walked through. */
export interface ListedEntry {
  /** Relative to the checkout. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'other'
}

/** What one walk over the checkout found. */
export interface Walk {
  /** Of files, sorted. */
  readonly paths: readonly string[]
  /** Places that could not be looked at, in the order met; at most {@link MAX_UNSEEN}. */
  readonly unseen: readonly Unseen[]
  /** How many there are, should `unseen` have been cut. */
  readonly unseenCount: number
  /** Folders below the root that are repositories of their own: submodules, checkouts side by side. Sorted. */
  readonly repositories: readonly string[]
  /**
   * What is neither folder nor file that may be read: links that lead outside, to nothing or to a folder, devices,
   * sockets, pipes. In the order met; at most {@link MAX_IRREGULAR}.
   */
  readonly irregular: readonly string[]
}

export interface Unseen {
  readonly path: string
  /** Without a final period: `permission denied`. */
  readonly reason: string
}

/** Most links and devices that a walk lists: more are in no real checkout. */
export const MAX_IRREGULAR = 100_000

/** Most places that a walk lists as unseen. */
export const MAX_UNSEEN = 100

export interface HttpClient {
  /**
   * One request, with time-outs, a byte limit, bounded redirects and retries with jitter on 429, 5xx and
   * broken connections. Requests over the limit for a host wait.
   *
   * @returns the answer for 2xx, 304, 404, 410 and {@link HttpRequest.answers}
   * @throws ServiceError for any other status, or when there was no whole answer
   * @throws CancelledError when the run is offline or was ended
   */
  fetch(request: HttpRequest): Promise<HttpAnswer>
}

export interface HttpRequest {
  readonly url: string
  /** Only `GET` and `HEAD` follow redirects. */
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** What it asks for is not to be done twice: it is repeated only where the server cannot have acted on it. */
  readonly once?: true
  /** Asked also where the host has failed too often in this run: the caller has a patience of its own, with an end. */
  readonly patient?: true
  /** Statuses that are answers too, besides those of {@link HttpClient.fetch}; 64 KiB of their body are kept. */
  readonly answers?: readonly number[]
  /** Value of the `Authorization` header. Sent to the URL's own origin only, never after a redirect to another. */
  readonly authorization?: string
  /** Most bytes that are read, after decompression. */
  readonly maxBytes: number
  /** Longest silence, in milliseconds, before the connection is given up. */
  readonly idleMs?: number
  /** Longest time for one attempt, in milliseconds. */
  readonly totalMs?: number
  /** Asks for and undoes gzip. For documents; archives are read as they are. */
  readonly compressed?: boolean
  /**
   * Takes the body of a 2xx answer piece by piece instead of collecting it. Called anew at each attempt, so
   * that a retry starts with nothing. The body waits for a promise. What it throws ends the request.
   */
  readonly sink?: (head: HttpHead) => Sink | Promise<Sink>
  readonly signal?: AbortSignal
}

/** Takes the next piece of a body. */
export interface Sink {
  (chunk: Uint8Array): void
  /** The attempt came to nothing; whatever is held for it can be given back. There may be another. */
  broken?(): void
}

/** What is known of an answer before its body. */
export type HttpHead = Pick<HttpAnswer, 'status' | 'url' | 'headers'>

export interface HttpAnswer {
  readonly status: number
  /** After redirects. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Empty when there was a sink. */
  readonly body: Uint8Array
  /** Length of the body. */
  readonly bytes: number
}

/** Most bytes that git is given at once: what a pipe takes even when git never reads it. */
export const MAX_GIT_INPUT_BYTES = 16 * 1024

export interface GitOptions {
  /** For its standard input: not empty, at most {@link MAX_GIT_INPUT_BYTES}. */
  readonly input?: string
  /** How output becomes text: `latin1` keeps every byte as one character. Default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1'
  /** Most bytes of output that are kept; more is an error result. */
  readonly maxBytes?: number
}

export interface GitResult {
  /** -1 when git is not there. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What a credential helper wrote: JSON with a secret in it when `exitCode` is 0, else a sentence. */
export interface HelperAnswer {
  /** -1 when it could not be asked. */
  readonly exitCode: number
  readonly stdout: string
  /** Why it could not be asked. */
  readonly reason?: string
}

export interface IdTokens {
  /**
   * A new token, masked before anybody sees it.
   *
   * @param audience who it is for, such as `sigstore`
   * @returns a JSON Web Token
   * @throws ServiceError when the runner's service cannot be asked, or refuses
   */
  token(audience: string): Promise<string>
}

export interface ArtifactStore {
  /**
   * Uploads files below `root` as one artifact.
   *
   * @returns nothing when the run has an artifact of this name already
   * @throws ServiceError when it cannot be stored
   */
  upload(
    name: string,
    paths: readonly string[],
    options: { readonly root: string; readonly retentionDays?: number }
  ): Promise<StoredArtifact | undefined>
}

export interface StoredArtifact {
  readonly id: string
  /** Where a person downloads it. */
  readonly url?: string
  /** `sha256:` and hex, of the uploaded archive. */
  readonly digest?: string
}
