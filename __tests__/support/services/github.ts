import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { GitRepository } from '../git-repository.ts'
import { githubAttestations, type GithubAttestations } from './github-attestations.ts'

/** A loopback stand-in for the parts of GitHub's REST API that read commits, and keep attestations. */
export interface GithubApi {
  /** As in `GITHUB_API_URL`. */
  readonly url: string
  readonly requests: readonly SeenGithubRequest[]
  readonly attestations: GithubAttestations
  /** Answers every request with this status from now on. */
  refuse(status: number): void
  /** Serves a cut list of files from now on. */
  truncate(): void
  close(): Promise<void>
}

interface SeenGithubRequest {
  readonly method: string
  readonly path: string
  readonly authorization?: string
}

/** Serves what is committed in a repository. */
export async function startGithubApi(
  repository: Pick<GitRepository, 'git'>,
  slug: string
): Promise<GithubApi> {
  const requests: SeenGithubRequest[] = []
  const attestations = githubAttestations()
  const state = { status: 200, truncated: false }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', headers } = request
    const { authorization } = headers
    const url = new URL(request.url ?? '', `http://${headers.host ?? 'localhost'}`)
    const { pathname } = url
    requests.push({ method, path: pathname, ...(authorization !== undefined && { authorization }) })
    const body = await buffer(request)
    if (state.status !== 200) return send(response, state.status, { message: 'refused' })
    const what = pathname.replace(`/repos/${slug}/`, '')
    const answered = attestations.answer({ method, what, url, headers, body })
    if (answered) return send(response, answered.status, answered.body, answered.headers)
    try {
      const { truncated } = state
      answer(repository, { what, ref: url.searchParams.get('ref') ?? '', truncated }, response)
    } catch {
      send(response, 404, { message: 'Not Found' })
    }
  }
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    attestations,
    refuse: (status) => void (state.status = status),
    truncate: () => void (state.truncated = true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

interface Question {
  readonly what: string
  readonly ref: string
  readonly truncated: boolean
}

/** @throws when git has no such object */
function answer(
  { git }: Pick<GitRepository, 'git'>,
  { what, ref, truncated }: Question,
  to: ServerResponse
): void {
  const [, kind = '', rest = ''] =
    /^(git\/commits|git\/trees|git\/blobs|contents)\/(.+)$/.exec(what) ?? []
  if (kind === 'git/commits') {
    const sha = git('rev-parse', '--verify', `${rest}^{commit}`)
    return send(to, 200, { sha, tree: { sha: git('rev-parse', `${rest}^{tree}`) } })
  }
  if (kind === 'git/trees') {
    const lines = git('ls-tree', '-r', '-t', rest)
      .split('\n')
      .slice(0, truncated ? 1 : undefined)
    const tree = lines.map((line) => {
      const [, mode, type, sha, path] = /^(\d+) (\w+) (\w+)\t(.+)$/.exec(line) ?? []
      return { path, mode, type, sha }
    })
    return send(to, 200, { sha: rest, tree, truncated })
  }
  if (kind === 'git/blobs') {
    to.writeHead(200, { 'content-type': 'application/vnd.github.raw+json' })
    // `git` here trims what it prints: files of these tests end in a line feed.
    to.end(`${git('cat-file', 'blob', rest)}\n`)
    return
  }
  const sha = git('rev-parse', '--verify', `${ref}:${decodeURIComponent(rest)}`)
  send(to, 200, { type: 'file', sha, encoding: 'base64', content: '' })
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}
