import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from './program.ts'
import type { RealSigstore } from './real-sigstore.ts'

/** Who signs, and what proves when: the columns of the matrix. */
export const SIGNERS = [
  'keyless, Rekor v1',
  'keyless, Rekor v2 + TSA',
  'keyless, TSA only',
  'cosign key, Rekor v1',
  'PKCS #8 key, Rekor v2 + TSA'
] as const

export type SignerName = (typeof SIGNERS)[number]

/** What a verifier has to know of a signer. */
export interface KnownSigner {
  readonly name: SignerName
  /** Path of the public key; absent for a certificate. */
  readonly publicKey?: string
  /** The same key as cosign takes it, which is encrypted. */
  readonly cosignKey?: string
  readonly identity: string
  /** Somebody else of the same kind: nobody may be taken for them. */
  readonly otherPublicKey: string
  readonly otherIdentity: string
  readonly issuer: string
  readonly rekor: 1 | 2 | undefined
}

/** Key pairs, and who may sign. */
export interface Signers {
  readonly cosignKey: string
  readonly cosignKeyPassword: string
  readonly pkcs8Key: string
  known(name: SignerName): KnownSigner
}

/** Makes the keys: cosign's own with cosign. @throws when cosign cannot */
export async function makeSigners(sigstore: RealSigstore): Promise<Signers> {
  const { folder } = sigstore
  const cosignKeyPassword = 'pässword of the key'
  const keyTool = async (args: readonly string[]): Promise<void> => {
    const env = { HOME: folder, COSIGN_PASSWORD: cosignKeyPassword }
    const { exitCode, stderr } = await runProgram(sigstore.cosign, args, { env })
    if (exitCode !== 0) throw new Error(`cosign made no key pair: ${stderr}`)
  }
  await keyTool(['generate-key-pair', '--output-key-prefix', join(folder, 'cosign')])
  const pkcs8Key = writeKeyPair(join(folder, 'pkcs8'))
  await keyTool([
    'import-key-pair',
    '--key',
    join(folder, 'pkcs8.key'),
    '--output-key-prefix',
    join(folder, 'imported')
  ])
  writeKeyPair(join(folder, 'other'))
  return {
    cosignKey: readFileSync(join(folder, 'cosign.key'), 'utf8'),
    cosignKeyPassword,
    pkcs8Key,
    known(name) {
      const key = keyNameOf(name)
      const identity = sigstore.told('CERTIFICATE_IDENTITY')
      return {
        name,
        ...(key !== undefined && {
          publicKey: join(folder, `${key}.pub`),
          cosignKey: join(folder, `${key}.key`)
        }),
        identity,
        otherPublicKey: join(folder, 'other.pub'),
        otherIdentity: identity.replace('release.yml', 'other.yml'),
        issuer: sigstore.told('OIDC_ISSUER'),
        rekor: name.includes('v1') ? 1 : name.includes('v2') ? 2 : undefined
      }
    }
  }
}

function keyNameOf(name: SignerName): string | undefined {
  if (name.startsWith('cosign key')) return 'cosign'
  return name.startsWith('PKCS #8') ? 'imported' : undefined
}

/** @returns the private key, PEM */
function writeKeyPair(path: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writeFileSync(`${path}.pub`, publicKey.export({ type: 'spki', format: 'pem' }))
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  writeFileSync(`${path}.key`, pem)
  return pem
}
