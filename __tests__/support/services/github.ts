import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GitRepository } from '../git-repository.ts'

/** A loopback stand-in for the part of GitHub's REST API that reads commits. */
export interface GithubApi {
  /** As in `GITHUB_API_URL`. */
  readonly url: string
  readonly requests: readonly { readonly path: string; readonly authorization?: string }[]
  /** Answers every request with this status from now on. */
  refuse(status: number): void
  /** Serves a cut list of files from now on. */
  truncate(): void
  close(): Promise<void>
}

/** Serves what is committed in a repository. */
export async function startGithubApi(repository: GitRepository, slug: string): Promise<GithubApi> {
  const requests: { readonly path: string; readonly authorization?: string }[] = []
  const state = { status: 200, truncated: false }
  const server = createServer((request, response) => {
    const { authorization } = request.headers
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    requests.push({ path: pathname, ...(authorization !== undefined && { authorization }) })
    if (state.status !== 200) return send(response, state.status, { message: 'refused' })
    const what = pathname.replace(`/repos/${slug}/`, '')
    try {
      answer(
        repository,
        { what, ref: searchParams.get('ref') ?? '', truncated: state.truncated },
        response
      )
    } catch {
      send(response, 404, { message: 'Not Found' })
    }
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
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
  { git }: GitRepository,
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

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
