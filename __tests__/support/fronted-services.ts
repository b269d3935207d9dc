import { generateKeyPairSync, randomBytes, scryptSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import nacl from 'tweetnacl'
import { blake2b } from '../../src/formats/blake2b.ts'
import { testKey } from './minisign.ts'
import { npmPackage, npmProject } from './npm-project.ts'
import type { Secrets } from './leaks.ts'
import { type ActionsServices, startActionsServices } from './services/actions.ts'
import { type Front, startFront } from './services/front.ts'
import { startGithubApi } from './services/github.ts'
import { IDENTITY, PASSWORD, USERNAME } from './services/oci-authority.ts'
import { IMAGE_TYPE, type OciTestRegistry, startOciRegistry } from './services/oci-registry.ts'
import { startRegistry } from './services/registry.ts'
import { type EmbeddedSigstore, startSigstore } from './services/sigstore/sigstore.ts'

/** Services that somebody stands in front of. */
export const FRONTED = [
  'oidc',
  'fulcio',
  'rekor',
  'tsa',
  'registry',
  'github',
  'actions',
  'npm'
] as const

export type Fronted = (typeof FRONTED)[number]

type Values = Readonly<Record<string, string>>

/** Everything that a run talks to, each service with somebody in front who sees and can do everything. */
export interface FrontedServices {
  readonly sigstore: EmbeddedSigstore
  readonly registry: OciTestRegistry
  readonly actions: ActionsServices
  readonly fronts: Readonly<Record<Fronted, Front>>
  /** Of the checkout. */
  readonly files: Values
  /** Of the user, by name in the home folder. */
  readonly home: Values
  readonly inputs: Values
  readonly env: Values
  /** Somebody whom no secret is for, with all that was sent there. */
  readonly stranger: { readonly url: string; readonly got: readonly string[] }
  /** All that is secret, with what was given out in this run. */
  secrets(): Secrets
  close(): Promise<void>
}

const SLUG = 'octo-org/octo-repo'
const GITHUB_TOKEN = 'ghs_0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R'
const NPM_TOKEN = 'npm_9z8Y7x6W5v4U3t2S1r0Q9p8O7n6M5l4K3j2I'
const KEY_PASSWORD = 'passphrase of the signing key'
const MINISIGN_PASSWORD = 'passphrase of the minisign key'
const PACKAGES = [npmPackage('left-pad')]

/** Starts it all. */
export async function startFronted(): Promise<FrontedServices> {
  const [sigstore, registry, actions, packages, github, stranger] = await Promise.all([
    startSigstore(),
    startOciRegistry({ auth: 'bearer', referrers: true }),
    startActionsServices(),
    startRegistry({ packages: PACKAGES }),
    startGithubApi({ git: () => '' }, SLUG),
    startStranger()
  ])
  const targets: Values = {
    oidc: sigstore.oidc.url,
    fulcio: sigstore.fulcio.url,
    rekor: sigstore.rekorV1.url,
    tsa: sigstore.tsa.url,
    registry: registry.url,
    github: github.url,
    actions: (actions.env['ACTIONS_RESULTS_URL'] ?? '').replace(/\/$/, ''),
    npm: packages.url
  }
  const entries = await Promise.all(
    FRONTED.map(async (name) => {
      const front = await startFront()
      front.passTo(targets[name] ?? '')
      return [name, front] as const
    })
  )
  const fronts = Object.fromEntries(entries) as FrontedServices['fronts']
  const image = pushImage(registry)
  const key = signingKey()
  const minisign = minisignKey()
  const all = [sigstore, registry, actions, packages, github, stranger, ...Object.values(fronts)]
  return {
    sigstore,
    registry,
    actions,
    fronts,
    stranger,
    files: {
      ...npmProject({ url: fronts.npm.url }, PACKAGES),
      'release.txt': 'a release\n',
      'sigstore/root.json': JSON.stringify(sigstore.trustedRoot),
      'sigstore/config.json': fronted(JSON.stringify(sigstore.signingConfig(1)), targets, fronts)
    },
    home: { '.npmrc': `//${fronts.npm.name}/npm/:_authToken=${NPM_TOKEN}\n` },
    inputs: {
      'github-token': GITHUB_TOKEN,
      images: `${fronts.registry.name}/o/app@${image}`,
      'registry-username': USERNAME,
      'registry-password': PASSWORD,
      'subject-path': 'release.txt',
      'signature-forms': 'referrer, legacy, github, file',
      sign: 'keyless',
      'minisign-key': minisign,
      'minisign-key-password': MINISIGN_PASSWORD,
      'signing-key': key,
      'signing-key-password': KEY_PASSWORD,
      'trusted-root': 'sigstore/root.json',
      'signing-config': 'sigstore/config.json',
      'oidc-issuer': sigstore.oidc.url
    },
    env: {
      ...actions.env,
      ...sigstore.env,
      ACTIONS_RESULTS_URL: `${fronts.actions.url}/`,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${fronts.oidc.url}/token?api-version=2.0`,
      GITHUB_API_URL: fronts.github.url,
      GITHUB_REPOSITORY_VISIBILITY: 'public',
      GITHUB_SHA: String(sigstore.claims['sha']),
      NODE_AUTH_TOKEN: NPM_TOKEN,
      COSIGN_PRIVATE_KEY: key,
      COSIGN_PASSWORD: KEY_PASSWORD
    },
    secrets: () => ({
      'job token': GITHUB_TOKEN,
      'registry password': PASSWORD,
      'identity token of the registry': IDENTITY,
      'Basic credentials': Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64'),
      'npm token': NPM_TOKEN,
      'signing key': key,
      'password of the signing key': KEY_PASSWORD,
      'minisign key': minisign,
      'password of the minisign key': MINISIGN_PASSWORD,
      'request token': sigstore.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
      'runtime token': actions.env['ACTIONS_RUNTIME_TOKEN'] ?? '',
      ...given(fronts.oidc, /"value":"([\w.-]+)"/, 'identity token'),
      ...given(fronts.registry, /"token":"([\w-]+)"/, 'token of the registry')
    }),
    async close() {
      await Promise.all(all.map((service) => service.close()))
    }
  }
}

/** Tokens that a service gave out. */
function given({ seen }: Front, pattern: RegExp, name: string): Secrets {
  const tokens = seen.flatMap(({ answered }) => pattern.exec(answered)?.[1] ?? [])
  return Object.fromEntries(tokens.map((token, at) => [`${name} ${at + 1}`, token]))
}

/** The addresses in a text replaced by those of the fronts. */
function fronted(text: string, targets: Values, fronts: FrontedServices['fronts']): string {
  return FRONTED.reduce((sum, name) => sum.replaceAll(targets[name] ?? '-', fronts[name].url), text)
}

function pushImage(registry: OciTestRegistry): string {
  const config = registry.blob('o/app', '{"os":"linux","architecture":"amd64"}')
  const json = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [] }
  return registry.manifest('o/app', json, '1.0').digest
}

async function startStranger(): Promise<{
  readonly url: string
  readonly got: string[]
  close(): Promise<void>
}> {
  const got: string[] = []
  const server = createServer((request, response) => {
    const head = JSON.stringify([request.method, request.url, request.rawHeaders])
    let body = ''
    request.setEncoding('latin1').on('data', (text: string) => (body += text))
    request.on('end', () => {
      got.push(`${head}\n${body}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    // Another host by its name: some clients look at nothing else.
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    got,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

/** A key as `cosign generate-key-pair` writes it. */
function signingKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [salt, nonce] = [randomBytes(32), randomBytes(24)]
  const cost = { N: 32_768, r: 8, p: 1 }
  const key = scryptSync(KEY_PASSWORD, salt, 32, { ...cost, maxmem: 2 ** 26 })
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  const json = JSON.stringify({
    kdf: { name: 'scrypt', params: cost, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(nacl.secretbox(der, nonce, key)).toString('base64')
  })
  const lines =
    Buffer.from(json)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const label = 'ENCRYPTED SIGSTORE PRIVATE KEY'
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** A secret key of minisign, locked with a cost that tests can bear. */
function minisignKey(): string {
  const { id, secret, text } = testKey('publisher of fronted services')
  const seed = secret.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  const pair = Buffer.concat([id, seed, Buffer.from(text, 'base64').subarray(10)])
  const content = Buffer.concat([pair, blake2b(Buffer.concat([Buffer.from('Ed'), pair]), 32)])
  const salt = randomBytes(32)
  const options = { N: 16_384, r: 8, p: 1, maxmem: 2 ** 26 }
  const stream = scryptSync(MINISIGN_PASSWORD, salt, content.length, options)
  const limits = Buffer.alloc(16)
  limits.writeBigUInt64LE(524_288n, 0)
  limits.writeBigUInt64LE(16_777_216n, 8)
  const bytes = Buffer.concat([
    Buffer.from('EdScB2'),
    salt,
    limits,
    content.map((byte, at) => byte ^ (stream[at] ?? 0))
  ])
  return `untrusted comment: minisign encrypted secret key\n${bytes.toString('base64')}\n`
}
