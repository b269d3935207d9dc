import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { HelperAnswer, Host, HttpAnswer, HttpRequest } from '../../src/host/host.ts'
import { ParseError, ServiceError } from '../../src/model/errors.ts'

/** What a canned service answers: text for 200, or all of it, or an error to throw. */
export type Canned = string | Partial<HttpAnswer> | Error

export interface Given {
  readonly files?: Readonly<Record<string, string>>
  /** Files of the machine, outside of the checkout, by absolute path. */
  readonly machineFiles?: Readonly<Record<string, string>>
  /** By URL. Anything not given is a 404. */
  readonly responses?: Readonly<Record<string, Canned>>
  readonly env?: Readonly<Record<string, string>>
  /** By name and server, with a blank between. Anything not given is not there. */
  readonly helpers?: Readonly<Record<string, HelperAnswer>>
  /** What the runner gives, by audience; absent, the job may not ask. */
  readonly idTokens?: (audience: string) => string
}

export interface FakeHost extends Host {
  /** What was asked for, in order. */
  readonly requests: readonly HttpRequest[]
  readonly written: ReadonlyMap<string, string>
  readonly masked: readonly string[]
}

/** A host over in-memory files and responses, with a fixed clock. Anything not given does not exist. */
export function fakeHost({
  files = {},
  machineFiles = {},
  responses = {},
  env = {},
  helpers = {},
  idTokens
}: Given = {}): FakeHost {
  const requests: HttpRequest[] = []
  const written = new Map<string, string>()
  const masked: string[] = []
  return {
    requests,
    written,
    masked,
    log: { debug() {}, info() {}, warning() {}, error() {} },
    env,
    platform: { os: 'linux', cpu: 'x64', libc: 'glibc' },
    files: {
      root: '/checkout',
      walk: (skip) =>
        Promise.resolve({
          paths: Object.keys(files)
            .filter((path) => !skip(path) && !foldersOf(path).some(skip))
            .sort(),
          unseen: [],
          unseenCount: 0,
          irregular: [],
          repositories: []
        }),
      readText: (path, maxBytes) => textIn(files, path, maxBytes),
      sha256(path) {
        const text = textIn(files, path, Infinity)
        return Promise.resolve(text && createHash('sha256').update(text).digest('hex'))
      },
      readBytes(path, { maxBytes, take }) {
        const text = textIn(files, path, maxBytes)
        if (text === undefined) return Promise.resolve(undefined)
        take(Buffer.from(text))
        return Promise.resolve(Buffer.byteLength(text))
      },
      async *chunks(path, maxBytes) {
        const text = textIn(files, path, maxBytes)
        if (text === undefined) {
          throw new ParseError({ code: 'FILE_UNREADABLE', message: path, remedy: 'none' })
        }
        yield Buffer.from(text)
      },
      list: (folder) => ({
        entries: Object.keys(files)
          .filter((path) => folder === '' || path.startsWith(`${folder}/`))
          .sort()
          .map((path) => ({ path, kind: 'file' })),
        partial: false
      }),
      kindOf: (path) => (Object.hasOwn(files, path) ? 'file' : undefined),
      isPopulated: (folder) => Object.keys(files).some((path) => path.startsWith(`${folder}/`))
    },
    readMachineText: (path, maxBytes) => textIn(machineFiles, path, maxBytes),
    machineChunks(path) {
      const text = textIn(machineFiles, path, Infinity)
      return text === undefined ? undefined : Readable.from([Buffer.from(text)])
    },
    http: {
      fetch(request) {
        requests.push(request)
        return answer(request, responses[request.url])
      }
    },
    now: () => new Date('2026-01-02T03:04:05Z'),
    git: () => Promise.resolve({ exitCode: -1, stdout: '', stderr: '' }),
    credentialHelper: (name, serverUrl) =>
      Promise.resolve(
        helpers[`${name} ${serverUrl}`] ?? { exitCode: -1, stdout: '', reason: 'not there' }
      ),
    mask: (secret) => void masked.push(secret),
    ...(idTokens && {
      idTokens: {
        token(audience) {
          const token = idTokens(audience)
          masked.push(token)
          return Promise.resolve(token)
        }
      }
    }),
    progress: () => ({ advance() {}, done() {} }),
    write(name, chunks) {
      written.set(name, [...chunks].join(''))
      return Promise.resolve(`/out/${name}`)
    },
    readBack: (name, maxBytes) => textIn(Object.fromEntries(written), name, maxBytes)
  }
}

function textIn(
  files: Readonly<Record<string, string>>,
  path: string,
  maxBytes: number
): string | undefined {
  const text = Object.hasOwn(files, path) ? files[path] : undefined
  if (text !== undefined && Buffer.byteLength(text) > maxBytes) {
    throw new ParseError({ code: 'FILE_TOO_LARGE', message: path, remedy: 'Exclude it' })
  }
  return text
}

function foldersOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map((match) => path.slice(0, match.index + 1))
}

async function answer(request: HttpRequest, canned: Canned | undefined): Promise<HttpAnswer> {
  if (Error.isError(canned)) throw canned
  const given = typeof canned === 'string' ? { body: Buffer.from(canned) } : canned
  const body = given?.body ?? new Uint8Array()
  if (body.length > request.maxBytes) {
    throw new ServiceError({
      code: 'SERVICE_LIMIT_EXCEEDED',
      message: request.url,
      remedy: 'none',
      url: request.url,
      reason: 'too large'
    })
  }
  const head = {
    status: given === undefined ? 404 : 200,
    url: request.url,
    headers: {},
    bytes: body.length,
    ...given
  }
  const found = head.status >= 200 && head.status < 300
  if (request.sink && found) (await request.sink(head))(body)
  return { ...head, body: request.sink ? new Uint8Array() : body }
}
