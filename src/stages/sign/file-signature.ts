import { fileBytes } from '../file-bytes.ts'
import { createHash } from 'node:crypto'
import { parseMinisignSignature, signedFileName, verifyMinisign } from '../../formats/minisign.ts'
import { type MinisignSecret, renderMinisig } from '../../formats/minisign-secret.ts'
import { posix } from 'node:path'
import { BUNDLE_ENDING, MINISIG_ENDING } from './file-names.ts'
import {
  BUNDLE_TYPE,
  documentBefore,
  type FileWithBytes,
  type FileWork,
  keepDocument,
  keptOr,
  type KeptAs,
  MAX_MATERIAL_BYTES,
  type ReadDocument,
  renderBundle,
  sameBytes
} from './file-work.ts'
import type { Kept } from './signing.ts'

/** Signs the bytes of one file, writes the bundle, reads it back and verifies it against the file. */
export function keepFileSignature(
  work: FileWork,
  file: FileWithBytes,
  name: string
): Promise<Kept> {
  const { own, signer } = work
  const source = `${name}${BUNDLE_ENDING}`
  const as: KeptAs = { says: 'signature', form: 'file', source }
  const bytes = (): AsyncIterable<Uint8Array> => sameBytes(work, file)
  return keptOr(work, as, async () => {
    const old = documentBefore(work, source, MAX_MATERIAL_BYTES)
    const before = old !== undefined && (await own.messageFault(old.json, bytes)) === undefined
    const text = before ? old.text : renderBundle(await signer.message(bytes))
    const faultOf = (read: ReadDocument): Promise<string | undefined> =>
      own.messageFault(read.json, () => fileBytes(work.context, file.path))
    return keepDocument(work, as, { text, mediaType: BUNDLE_TYPE, before, faultOf })
  })
}

/** Signs one file as minisign does, writes the signature, reads it back and verifies it against the file. */
export function keepMinisig(
  work: FileWork,
  secret: MinisignSecret,
  { file, name }: { readonly file: FileWithBytes; readonly name: string }
): Promise<Kept> {
  const { context } = work
  const source = `${name}${MINISIG_ENDING}`
  const as: KeptAs = { says: 'signature', form: 'minisign', source }
  return keptOr(work, as, async () => {
    const prehash = await prehashOf(sameBytes(work, file))
    const old = documentBefore(work, source, MAX_MATERIAL_BYTES)
    const before = old !== undefined && minisigFault(secret, old.text, prehash) === undefined
    const text = before
      ? old.text
      : renderMinisig(secret, {
          name: posix.basename(file.path),
          prehash,
          signedAt: context.host.now()
        })
    const faultOf = async (read: ReadDocument): Promise<string | undefined> =>
      minisigFault(secret, read.text, await prehashOf(fileBytes(work.context, file.path)))
    return keepDocument(work, as, { text, mediaType: 'text/plain', before, faultOf })
  })
}

async function prehashOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const hash = createHash('blake2b512')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest()
}

function minisigFault(
  { key }: MinisignSecret,
  text: string,
  message: Uint8Array
): string | undefined {
  const signature = parseMinisignSignature(text)
  if (typeof signature === 'string') return `it is ${signature}`
  if (signature.algorithm !== 'prehashed') return 'it is of the old form'
  if (signedFileName(signature) === undefined) return 'its comment names no file'
  const wrong = verifyMinisign({ key, signature, message })
  return wrong === undefined ? undefined : FAULTS[wrong]
}

const FAULTS = {
  key: 'it is by another key',
  file: 'it is not of this file',
  comment: 'its comment was changed'
} as const
