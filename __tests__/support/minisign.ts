import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

/** PKCS#8 of an Ed25519 key, up to its seed. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A key pair of minisign, the same for the same name. */
export interface TestKey {
  readonly id: Buffer
  readonly secret: KeyObject
  /** `RWQ…` */
  readonly text: string
}

/** How a signature differs from that of the program. */
export interface SignOptions {
  readonly name?: string
  readonly comment?: string
  readonly legacy?: true
}

export function testKey(name: string): TestKey {
  const seed = createHash('sha256').update(name).digest()
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8'
  })
  const point = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32)
  const id = createHash('sha256').update(seed).digest().subarray(0, 8)
  const text = Buffer.concat([Buffer.from('Ed'), id, point]).toString('base64')
  return { id, secret, text }
}

/** What `minisign -S` writes, and with `legacy` what it wrote before version 0.10. */
export function minisig(key: TestKey, data: string | Buffer, options: SignOptions = {}): string {
  const bytes = Buffer.from(data)
  const legacy = options.legacy === true
  const message = legacy ? bytes : createHash('blake2b512').update(bytes).digest()
  const signature = sign(null, message, key.secret)
  const hashed = legacy ? '' : '\thashed'
  const comment = options.comment ?? `timestamp:1700000000\tfile:${options.name ?? 'file'}${hashed}`
  const line = Buffer.concat([Buffer.from(legacy ? 'Ed' : 'ED'), key.id, signature])
  const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key.secret)
  return [
    'untrusted comment: signature from minisign secret key',
    line.toString('base64'),
    `trusted comment: ${comment}`,
    global.toString('base64'),
    ''
  ].join('\n')
}
