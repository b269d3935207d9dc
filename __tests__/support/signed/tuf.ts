import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { canonical } from './sigstore.ts'

/** A key of a role. */
export interface TufKey {
  readonly id: string
  readonly secret: KeyObject
  readonly json: unknown
}

export function tufKey(): TufKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  const json = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } }
  return { id: sha256(hex), secret: privateKey, json }
}

/** What may be wrong with a repository. */
export interface TufOptions {
  /** Key of the root of version 2, where it changes. */
  readonly newRootKey?: TufKey
  /** Signs the root of version 2 with the new key alone. */
  readonly unvouched?: boolean
  readonly expires?: Partial<
    Record<'root' | 'timestamp' | 'snapshot' | 'targets' | 'below', string>
  >
  /** Signs a role in the place of its key. */
  readonly signedBy?: Partial<Record<'timestamp' | 'snapshot' | 'targets' | 'below', TufKey>>
  /** Version that the metadata before states. */
  readonly listed?: Partial<Record<'snapshot' | 'targets' | 'below', number>>
}

const LATER = '2030-01-01T00:00:00Z'

/** The files of a repository by name, with its first root. `b/…` is delegated to the role `below`. */
export function tufRepository(
  contents: Readonly<Record<string, string>>,
  { newRootKey, unvouched = false, expires = {}, signedBy = {}, listed = {} }: TufOptions = {}
): { readonly root: unknown; readonly files: Readonly<Record<string, string>> } {
  const [rootKey, online, below] = [tufKey(), tufKey(), tufKey()]
  const next = newRootKey ?? rootKey
  const { snapshot = 1, targets = 1, below: lower = 1 } = listed
  const delegations = {
    keys: { [below.id]: below.json },
    roles: [{ name: 'below', keyids: [below.id], threshold: 1, terminating: true, paths: ['b/*'] }]
  }
  const meta = { 'targets.json': { version: targets }, 'below.json': { version: lower } }
  const online1 = (role: 'timestamp' | 'snapshot' | 'targets', content: object): string =>
    signed(metadata(role, content, expires[role]), [signedBy[role] ?? online])
  const first = rootOf({ version: 1, key: rootKey, online })
  const second = rootOf({ version: 2, key: next, online, expires: expires.root })
  return {
    root: JSON.parse(signed(first, [rootKey])) as unknown,
    files: {
      '2.root.json': signed(second, unvouched ? [next] : [...new Set([rootKey, next])]),
      'timestamp.json': online1('timestamp', { meta: { 'snapshot.json': { version: snapshot } } }),
      [`${snapshot}.snapshot.json`]: online1('snapshot', { meta }),
      [`${targets}.targets.json`]: online1('targets', {
        targets: filesOf(contents, (path) => !path.startsWith('b/')),
        delegations
      }),
      [`${lower}.below.json`]: signed(
        metadata(
          'targets',
          { targets: filesOf(contents, (path) => path.startsWith('b/')) },
          expires.below
        ),
        [signedBy.below ?? below]
      ),
      ...Object.fromEntries(
        Object.entries(contents).map(([path, text]) => {
          const slash = path.lastIndexOf('/') + 1
          return [`targets/${path.slice(0, slash)}${sha256(text)}.${path.slice(slash)}`, text]
        })
      )
    }
  }
}

function rootOf(given: {
  readonly version: number
  readonly key: TufKey
  readonly online: TufKey
  readonly expires?: string | undefined
}): object {
  const { version, key, online, expires } = given
  const role = ({ id }: TufKey): unknown => ({ keyids: [id], threshold: 1 })
  return {
    ...metadata('root', {}, expires),
    version,
    consistent_snapshot: true,
    keys: { [key.id]: key.json, [online.id]: online.json },
    roles: {
      root: role(key),
      timestamp: role(online),
      snapshot: role(online),
      targets: role(online)
    }
  }
}

function metadata(type: string, content: object, expires = LATER): object {
  return { _type: type, spec_version: '1.0.0', version: 1, expires, ...content }
}

function filesOf(
  contents: Readonly<Record<string, string>>,
  wanted: (path: string) => boolean
): object {
  const files = Object.entries(contents).filter(([path]) => wanted(path))
  return Object.fromEntries(
    files.map(([path, text]) => {
      return [path, { length: Buffer.byteLength(text), hashes: { sha256: sha256(text) } }]
    })
  )
}

/** Signed over the canonical form: keys sorted, no spaces. */
function signed(content: object, keys: readonly TufKey[]): string {
  const bytes = Buffer.from(canonical(content))
  const signatures = keys.map(({ id, secret }) => {
    return { keyid: id, sig: sign(null, bytes, secret).toString('hex') }
  })
  return JSON.stringify({ signatures, signed: content })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
