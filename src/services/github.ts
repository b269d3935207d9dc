import { createHash } from 'node:crypto'
import type { Host, HttpAnswer } from '../host/host.ts'
import { ServiceError } from '../model/errors.ts'
import type { BaseFiles } from './base-files.ts'
import { jsonOf, stringAt, treeOf, type TreeFile } from './github/answers.ts'

export { type EventBase, readEventBase, readEventVisibility } from './github/event.ts'

/** Most bytes of a list of files: GitHub cuts it at 7 MB. */
const MAX_TREE_BYTES = 32 * 1024 * 1024

/** Most bytes of a single file's description, with its content in base64 up to 1 MB. */
const MAX_CONTENTS_BYTES = 4 * 1024 * 1024

/** Most files that are read through the API: each is a request. */
const MAX_FILES = 500

/** Requests in flight at once. */
const PARALLEL = 8

/** Where GitHub's REST API answers about a repository, and as whom we ask. */
export interface GithubRepository {
  /** Without a trailing slash. */
  readonly api: string
  /** `owner/name` */
  readonly slug: string
  readonly token?: string
}

/**
 * The repository that the workflow runs for.
 *
 * @returns nothing outside of a workflow
 */
export function workflowRepository(
  env: Host['env'],
  token: string | undefined
): GithubRepository | undefined {
  const api = env['GITHUB_API_URL']?.replace(/\/$/, '')
  const slug = env['GITHUB_REPOSITORY'] ?? ''
  if (api === undefined || !URL.canParse(api) || !/^[\w.-]+\/[\w.-]+$/.test(slug)) return undefined
  return { api, slug, ...(token !== undefined && mayCarryToken(api) && { token }) }
}

/** In the clear only to this machine itself. */
function mayCarryToken(api: string): boolean {
  const { protocol, hostname } = new URL(api)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/**
 * Whether the repository has a commit. A repository that we may not see has none.
 *
 * @throws ServiceError when it could not be asked
 * @see https://docs.github.com/en/rest/git/commits#get-a-commit-object
 */
export async function hasCommit(
  { http }: Pick<Host, 'http'>,
  repository: GithubRepository,
  commit: string
): Promise<boolean> {
  const answer = await ask(http, repository, {
    path: `git/commits/${commit}`,
    maxBytes: 1024 * 1024
  })
  return answer.status === 200 && stringAt(jsonOf(answer), 'sha') === commit
}

interface Question {
  /** Below the repository's address. */
  readonly path: string
  readonly maxBytes: number
  /** The body of a blob as it is, instead of JSON. */
  readonly raw?: true
}

function ask(
  http: Host['http'],
  { api, slug, token }: GithubRepository,
  { path, maxBytes, raw }: Question
): Promise<HttpAnswer> {
  return http.fetch({
    url: `${api}/repos/${slug}/${path}`,
    headers: {
      accept: `application/vnd.github.${raw ? 'raw+json' : 'json'}`,
      'x-github-api-version': '2022-11-28'
    },
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    maxBytes,
    compressed: true
  })
}

/** Which commit's files, and which of them are known without asking. */
export interface BaseQuestion {
  readonly commit: string
  /** Where the checkout lies in its repository, or empty. */
  readonly folder: string
  /** Text of a file of the checkout: what has not changed need not be fetched. */
  local(path: string): string | undefined
}

/** Reads files of a commit through the REST API. Every blob is checked against its id. */
export function githubBaseFiles(
  { http }: Pick<Host, 'http'>,
  repository: GithubRepository,
  question: BaseQuestion
): BaseFiles {
  const base: Base = { ...question, ask: (asked) => ask(http, repository, asked) }
  let tree: Promise<Tree> | undefined
  return {
    commit: base.commit,
    async list() {
      const { files, truncated } = await (tree ??= fetchTree(base))
      return { paths: [...files.keys()].sort(), truncated }
    },
    async readTexts(paths, maxBytes) {
      if (paths.length > MAX_FILES) throw tooMuch(base, `${paths.length} files, one by one`)
      const listed = await tree
      const texts = new Map<string, string>()
      let left = maxBytes
      for (let start = 0; start < paths.length; start += PARALLEL) {
        const most = left
        const batch = paths.slice(start, start + PARALLEL).map(async (path) => {
          const oid = listed?.files.get(path) ?? (await fetchEntry(base, path, listed))
          if (oid === undefined) return
          const text = await fetchText(base, { path, oid }, most)
          texts.set(path, text)
          left -= Buffer.byteLength(text)
        })
        await Promise.all(batch)
        if (left < 0) throw tooMuch(base, `more than ${maxBytes} bytes`)
      }
      return texts
    }
  }
}

interface Base extends BaseQuestion {
  ask(question: Question): Promise<HttpAnswer>
}

interface Tree {
  /** Blob ids by path from the checkout's folder. */
  readonly files: ReadonlyMap<string, string>
  readonly truncated: boolean
}

async function fetchTree({ ask: askFor, commit, folder }: Base): Promise<Tree> {
  const path = `git/trees/${commit}?recursive=1`
  const { files, truncated } = treeOf(jsonOf(await askFor({ path, maxBytes: MAX_TREE_BYTES })))
  const prefix = folder === '' ? '' : `${folder}/`
  const below = files.filter((file) => file.path.startsWith(prefix))
  return {
    files: new Map(below.map(({ path: whole, oid }) => [whole.slice(prefix.length), oid])),
    truncated
  }
}

/** A file that no list has: because there is no such file, no list, or the list is cut. @returns its blob's id */
async function fetchEntry(
  { ask: askFor, commit, folder }: Base,
  path: string,
  listed: Tree | undefined
): Promise<string | undefined> {
  const segments = [...(folder === '' ? [] : folder.split('/')), ...path.split('/')]
  if (listed?.truncated === false || segments.some((part) => /^\.{0,2}$/.test(part)))
    return undefined
  const where = segments.map(encodeURIComponent).join('/')
  const answer = await askFor({
    path: `contents/${where}?ref=${commit}`,
    maxBytes: MAX_CONTENTS_BYTES
  })
  if (answer.status !== 200) return undefined
  const found = jsonOf(answer)
  const oid = stringAt(found, 'sha') ?? ''
  return stringAt(found, 'type') === 'file' && /^[0-9a-f]{40}$/.test(oid) ? oid : undefined
}

async function fetchText(
  { ask: askFor, commit, local }: Base,
  { path, oid }: TreeFile,
  maxBytes: number
): Promise<string> {
  const known = local(path)
  if (known !== undefined && blobId(Buffer.from(known)) === oid) return known
  const answer = await askFor({ path: `git/blobs/${oid}`, maxBytes, raw: true })
  if (blobId(answer.body) === oid) return Buffer.from(answer.body).toString('utf8')
  throw new ServiceError({
    code: 'SERVICE_RESPONSE_INVALID',
    message: `Cannot read "${path}" of base commit ${commit}: ${answer.url} answered with status ${answer.status} and other bytes than ${oid}`,
    remedy:
      'Run again; if it stays, fetch the base commit with `fetch-depth: 0` in the checkout step',
    url: answer.url,
    reason: 'other bytes than asked for'
  })
}

function tooMuch({ commit }: Base, found: string): ServiceError {
  return new ServiceError({
    code: 'SERVICE_LIMIT_EXCEEDED',
    message: `Cannot read the files of base commit ${commit} through the API: ${found}`,
    remedy: 'Fetch the base commit with `fetch-depth: 0` in the checkout step'
  })
}

/** @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
