import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type JsonObject, jsonObjectOf, parseJson } from '../formats/json.ts'
import type { Host } from '../host/host.ts'
import { messageOf } from '../model/errors.ts'
import { plainText } from '../model/plain-text.ts'
import { DOCKER_CONFIG_KEYS } from './registry-defaults.ts'
import type { LoginSource, RegistryLogin } from './registry-login.ts'

type CredentialHost = Pick<
  Host,
  'env' | 'files' | 'readMachineText' | 'credentialHelper' | 'log' | 'mask' | 'platform'
>

/** Largest configuration file that is read, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024

/** What stands in place of a name beside an identity token. */
const TOKEN_USER = '<token>'

/** One file with logins: Docker's `config.json` or podman's `auth.json`, which has the same form. */
interface LoginFile {
  readonly path: string
  readonly json: JsonObject
}

/**
 * Finds the logins to registries of images that this machine has: those of `REGISTRY_AUTH_FILE`, of Docker
 * (`DOCKER_CONFIG`, `~/.docker/config.json`) and of podman, credential helpers included. A file inside the
 * checkout is not the machine's and is left out: it could name the program that is run as helper.
 *
 * @returns what throws ParseError `CONFIG_SYNTAX` when a file is damaged
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 * @see https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
export function dockerCredentials(host: CredentialHost): LoginSource {
  let files: readonly LoginFile[] | undefined
  const known = new Map<string, Promise<RegistryLogin | undefined>>()
  return (registry, repository) => {
    const key = `${registry}/${repository}`
    const before = known.get(key)
    if (before) return before
    const found = (async () => {
      files ??= loginFiles(host)
      return loginIn(host, files, keysOf(registry, repository))
    })()
    known.set(key, found)
    return found
  }
}

function loginFiles(host: CredentialHost): readonly LoginFile[] {
  return pathsOf(host).flatMap((path) => {
    if (isInside(host.files.root, path)) {
      host.log.warning(
        `Left out the logins of "${path}": a file of the checkout is not the machine's`
      )
      return []
    }
    const text = host.readMachineText(path, MAX_CONFIG_BYTES)
    if (text === undefined) return []
    const remedy = 'Correct the file, or remove it and log in again with `docker login`'
    const json = jsonObjectOf(parseJson({ path, text }, { code: 'CONFIG_SYNTAX', remedy }))
    return json === undefined ? [] : [{ path, json }]
  })
}

/** Where the files may be, the strongest first. */
function pathsOf({ env, platform }: CredentialHost): readonly string[] {
  const home = env['HOME'] ?? env['USERPROFILE']
  const docker = env['DOCKER_CONFIG'] ?? (home && join(home, '.docker'))
  const config = env['XDG_CONFIG_HOME'] ?? (home && join(home, '.config'))
  const runtime = platform.os === 'linux' ? env['XDG_RUNTIME_DIR'] : undefined
  return [
    env['REGISTRY_AUTH_FILE'],
    docker && join(docker, 'config.json'),
    runtime && join(runtime, 'containers', 'auth.json'),
    config && join(config, 'containers', 'auth.json')
  ].filter((path): path is string => path !== undefined && isAbsolute(path))
}

/** Names under which a file may keep the login, the most exact first; and the one that helpers are asked for. */
interface Keys {
  readonly auths: readonly string[]
  readonly helper: string
  readonly registry: string
}

function keysOf(registry: string, repository: string): Keys {
  const helper = DOCKER_CONFIG_KEYS.get(registry) ?? registry
  const path = `${registry}/${repository}`.split('/')
  const above = path.map((_part, at) => path.slice(0, path.length - at).join('/'))
  const old = ['', '/', '/v1/', '/v2/'].map((end) => `https://${registry}${end}`)
  return { auths: [...new Set([...above, helper, ...old])], helper, registry }
}

async function loginIn(
  host: CredentialHost,
  files: readonly LoginFile[],
  keys: Keys
): Promise<RegistryLogin | undefined> {
  for (const { path, json } of files) {
    const helpers = jsonObjectOf(json['credHelpers']) ?? {}
    const named = [keys.helper, keys.registry].find((key) => Object.hasOwn(helpers, key))
    const helper = named === undefined ? json['credsStore'] : helpers[named]
    const auth = entryIn(json, keys)
    if (typeof helper === 'string' && helper !== '') {
      const login = await askHelper(host, { helper, path }, keys.helper)
      if (login) return login
    }
    const login = auth && loginOf(auth)
    if (login) return masked(host, login)
  }
  return undefined
}

function entryIn(json: JsonObject, { auths }: Keys): JsonObject | undefined {
  const entries = jsonObjectOf(json['auths']) ?? {}
  const key = auths.find((name) => Object.hasOwn(entries, name))
  return key === undefined ? undefined : jsonObjectOf(entries[key])
}

function loginOf(entry: JsonObject): RegistryLogin | undefined {
  const { auth, username, password, identitytoken, registrytoken } = entry
  if (isText(registrytoken)) return { kind: 'registry', token: registrytoken }
  if (isText(identitytoken)) return { kind: 'identity', token: identitytoken }
  const pair = isText(auth) ? Buffer.from(auth, 'base64').toString('utf8') : undefined
  const colon = pair?.indexOf(':') ?? -1
  if (pair !== undefined && colon > 0) {
    // Docker pads its pairs with null bytes.
    return passwordLogin(pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, ''))
  }
  return isText(username) && isText(password) ? passwordLogin(username, password) : undefined
}

function passwordLogin(username: string, password: string): RegistryLogin | undefined {
  if (username === TOKEN_USER) return { kind: 'identity', token: password }
  return password === '' ? undefined : { kind: 'password', username, password }
}

interface Helper {
  readonly helper: string
  /** The file that names it. */
  readonly path: string
}

async function askHelper(
  host: CredentialHost,
  { helper, path }: Helper,
  server: string
): Promise<RegistryLogin | undefined> {
  const { exitCode, stdout, reason } = await host.credentialHelper(helper, server)
  const shown = `the credential helper "${plainText(helper, 50)}" of "${path}"`
  if (exitCode !== 0) {
    const said = reason ?? plainText(stdout.trim(), 200)
    // Nobody has logged in there: as good as no entry.
    const none = /credentials not found/i.test(said)
    host.log[none ? 'debug' : 'warning'](`No login to ${server} from ${shown}: ${said}`)
    return undefined
  }
  try {
    const answer = jsonObjectOf(JSON.parse(stdout))
    const { Username: username, Secret: secret } = answer ?? {}
    const login = isText(username) && isText(secret) ? passwordLogin(username, secret) : undefined
    return login && masked(host, login)
  } catch (error) {
    // The message of a JSON error quotes what it read.
    const kind = Error.isError(error) ? error.name : messageOf(error)
    host.log.warning(`No login to ${server} from ${shown}: its answer is no JSON (${kind})`)
    return undefined
  }
}

function masked({ mask }: CredentialHost, login: RegistryLogin): RegistryLogin {
  maskLogin(login, mask)
  return login
}

/** Hides a login, in the forms in which it is sent, from here on. */
export function maskLogin(login: RegistryLogin, mask: Host['mask']): void {
  if (login.kind !== 'password') {
    mask(login.token)
    return
  }
  const { username, password } = login
  mask(password)
  mask(Buffer.from(`${username}:${password}`).toString('base64'))
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isInside(root: string, path: string): boolean {
  const way = relative(resolve(root), resolve(path))
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
