// A loopback stand-in for the two GitHub services a JavaScript action talks to:
//   * Results service, artifact v4 API (Twirp over JSON) + the blob store behind its signed URLs
//   * OIDC token endpoint (ACTIONS_ID_TOKEN_REQUEST_URL)
// It is enough for the unmodified @actions/artifact uploadArtifact()/listArtifacts()/downloadArtifact()/deleteArtifact() and core.getIDToken().
import { createServer } from 'node:http'
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { buffer } from 'node:stream/consumers'

const b64u = (v) => Buffer.from(typeof v === 'string' ? v : JSON.stringify(v)).toString('base64url')

export async function startActionsServices({ artifactLimit = 500 } = {}) {
  const runId = randomUUID(),
    jobId = randomUUID()
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwt = (claims) => {
    const head = `${b64u({ alg: 'RS256', typ: 'JWT', kid: 'local' })}.${b64u(claims)}`
    return `${head}.${sign('sha256', Buffer.from(head), key.privateKey).toString('base64url')}`
  }
  const now = () => Math.floor(Date.now() / 1000)
  const runtimeToken = jwt({
    scp: `Actions.GenericRead:x Actions.Results:${runId}:${jobId}`,
    nbf: now() - 60,
    exp: now() + 3600
  })
  const requestToken = jwt({ oidc: true })
  const artifacts = new Map() // name -> record
  const blocks = new Map() // blob path -> Map(blockId -> Buffer)
  const log = []
  let nextId = 1000
  let base = ''

  const twirp = {
    CreateArtifact(r) {
      if (artifacts.get(r.name)?.finalized)
        return [
          409,
          {
            code: 'already_exists',
            msg: `an artifact with this name already exists on the workflow run`
          }
        ]
      if (artifacts.size >= artifactLimit)
        return [429, { code: 'resource_exhausted', msg: 'too many artifacts' }]
      const a = {
        id: nextId++,
        name: r.name,
        mimeType: r.mime_type,
        expiresAt: r.expires_at,
        version: r.version,
        createdAt: new Date().toISOString(),
        finalized: false
      }
      artifacts.set(r.name, a)
      // /<account>/<container>/<blob>: the "path style" @azure/storage-blob expects when the host is an IP address
      return [
        200,
        {
          ok: true,
          signed_upload_url: `${base}/devstoreaccount1/actions-results/${runId}/${a.id}.zip?sv=2025-01-01&sr=b&sp=w&sig=${encodeURIComponent('c2lnbmF0dXJl+/=')}`
        }
      ]
    },
    FinalizeArtifact(r) {
      const a = artifacts.get(r.name)
      if (!a?.data) return [404, { code: 'not_found', msg: 'artifact not found' }]
      const digest = `sha256:${createHash('sha256').update(a.data).digest('hex')}`
      if (Number(r.size) !== a.data.length)
        return [
          400,
          { code: 'invalid_argument', msg: `size mismatch ${r.size} != ${a.data.length}` }
        ]
      if (r.hash && r.hash !== digest)
        return [400, { code: 'invalid_argument', msg: 'hash mismatch' }]
      Object.assign(a, { finalized: true, size: r.size, digest })
      return [200, { ok: true, artifact_id: String(a.id) }]
    },
    ListArtifacts(r) {
      const list = [...artifacts.values()].filter(
        (a) =>
          a.finalized &&
          (!r.name_filter || a.name === r.name_filter) &&
          (!r.id_filter || String(a.id) === String(r.id_filter))
      )
      return [
        200,
        {
          artifacts: list.map((a) => ({
            workflow_run_backend_id: runId,
            workflow_job_run_backend_id: jobId,
            database_id: String(a.id),
            name: a.name,
            size: String(a.size),
            created_at: a.createdAt,
            digest: a.digest
          }))
        }
      ]
    },
    GetSignedArtifactURL(r) {
      const a = artifacts.get(r.name)
      return a?.finalized
        ? [
            200,
            {
              signed_url: `${base}/devstoreaccount1/actions-results/${runId}/${a.id}.zip?sig=loopback-signature`
            }
          ]
        : [404, { code: 'not_found', msg: 'not found' }]
    },
    DeleteArtifact(r) {
      const a = artifacts.get(r.name)
      artifacts.delete(r.name)
      return [200, { ok: true, artifact_id: String(a?.id ?? 0) }]
    }
  }

  const server = createServer(async (req, res) => {
    const url = new URL(req.url, base)
    const body = await buffer(req)
    log.push(
      `${req.method} ${url.pathname}${url.search ? '?' + [...url.searchParams.keys()].join('&') : ''} ${body.length}B`
    )
    const json = (status, v) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(v))
    const rpc = /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(
      url.pathname
    )
    if (rpc) {
      if (req.headers.authorization !== `Bearer ${runtimeToken}`)
        return json(401, { code: 'unauthenticated', msg: 'bad token' })
      const [status, out] = twirp[rpc[1]]?.(JSON.parse(body)) ?? [
        404,
        { code: 'bad_route', msg: rpc[1] }
      ]
      return json(status, out)
    }
    if (url.pathname === '/_oidc/token') {
      if (req.headers.authorization !== `Bearer ${requestToken}`)
        return json(401, { message: 'bad token' })
      return json(200, {
        value: jwt({
          iss: base + '/_oidc',
          aud: url.searchParams.get('audience') ?? 'https://github.com/octo-org',
          sub: 'repo:octo-org/octo-repo:ref:refs/heads/main',
          iat: now(),
          nbf: now() - 60,
          exp: now() + 300,
          repository: 'octo-org/octo-repo',
          job_workflow_ref: 'octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main'
        })
      })
    }
    const blob = /^\/devstoreaccount1\/actions-results\/[^/]+\/(\d+)\.zip$/.exec(url.pathname)
    if (blob) {
      const a = [...artifacts.values()].find((x) => x.id === Number(blob[1]))
      const h = {
        'x-ms-request-id': randomUUID(),
        'x-ms-version': req.headers['x-ms-version'] ?? '2025-01-05',
        date: new Date().toUTCString()
      }
      if (req.method === 'PUT') {
        const comp = url.searchParams.get('comp')
        const b = blocks.get(url.pathname) ?? new Map()
        blocks.set(url.pathname, b)
        if (comp === 'block') b.set(url.searchParams.get('blockid'), body)
        else if (comp === 'blocklist')
          a.data = Buffer.concat(
            [...body.toString().matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map((m) =>
              b.get(m[1])
            )
          )
        else a.data = body // Put Blob
        return res
          .writeHead(201, {
            ...h,
            etag: '"0x1"',
            'last-modified': new Date().toUTCString(),
            'x-ms-request-server-encrypted': 'true',
            'content-md5': createHash('md5').update(body).digest('base64')
          })
          .end()
      }
      if (req.method === 'GET')
        return res
          .writeHead(200, {
            ...h,
            'content-type': a.mimeType ?? 'application/zip',
            'content-length': a.data.length,
            etag: '"0x1"'
          })
          .end(a.data)
    }
    json(404, { message: 'no such route' })
  })
  await new Promise((r) => server.listen(0, '127.0.0.1', r))
  base = `http://127.0.0.1:${server.address().port}`
  return {
    env: {
      ACTIONS_RUNTIME_TOKEN: runtimeToken,
      ACTIONS_RUNTIME_URL: `${base}/`,
      ACTIONS_RESULTS_URL: `${base}/`,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${base}/_oidc/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken
    },
    artifacts,
    log,
    publicKey: key.publicKey,
    close: () => {
      server.closeAllConnections()
      return new Promise((r) => server.close(r))
    }
  }
}
