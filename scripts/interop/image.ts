import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { IMAGE_TYPE, INDEX_TYPE } from '../../__tests__/support/services/oci-registry.ts'
import type { RealRegistry } from './registries.ts'

/** An image in a registry. */
export interface PushedImage {
  readonly registry: RealRegistry
  readonly repository: string
  /** `sha256:…` */
  readonly digest: string
  readonly size: number
  readonly mediaType: string
  /** With the digest: `127.0.0.1:41234/octo/app@sha256:…`. */
  readonly reference: string
}

interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

interface Manifest {
  readonly subject?: Descriptor
  readonly artifactType?: string
  readonly manifests?: readonly Descriptor[]
}

const TYPES = [
  IMAGE_TYPE,
  INDEX_TYPE,
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json'
].join(', ')

/** Puts an image for one platform that nobody has yet. */
export async function pushImage(
  registry: RealRegistry,
  repository: string,
  architecture = 'amd64'
): Promise<PushedImage> {
  const place = { registry, repository }
  const tar = Buffer.alloc(1024)
  const layer = await putBlob(place, gzipSync(tar), 'application/vnd.oci.image.layer.v1.tar+gzip')
  const content = {
    architecture,
    os: 'linux',
    config: { Labels: { random: randomBytes(8).toString('hex') } },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] }
  }
  const type = 'application/vnd.oci.image.config.v1+json'
  const config = await putBlob(place, Buffer.from(JSON.stringify(content)), type)
  const manifest = { schemaVersion: 2, mediaType: IMAGE_TYPE, config, layers: [layer] }
  return imageAt(place, await putManifest(place, manifest))
}

/** Puts an index of images for two platforms. */
export async function pushIndex(registry: RealRegistry, repository: string): Promise<PushedImage> {
  const place = { registry, repository }
  const manifests: object[] = []
  for (const architecture of ['amd64', 'arm64']) {
    const { mediaType, digest, size } = await pushImage(registry, repository, architecture)
    manifests.push({ mediaType, digest, size, platform: { os: 'linux', architecture } })
  }
  const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests }
  return imageAt(place, await putManifest(place, index))
}

/**
 * Hangs everything that was signed for one image onto another of the same repository, as an attacker would: the
 * bundles are whole, only their place is wrong.
 *
 * @returns how many were taken over
 */
export async function replay(from: PushedImage, onto: PushedImage): Promise<number> {
  let count = 0
  for (const descriptor of await referrersOf(from)) {
    const found = (await get(from, `manifests/${descriptor.digest}`)) as Manifest | undefined
    if (found?.subject === undefined) continue
    const { digest, size, mediaType } = onto
    await attach(onto, { ...found, subject: { digest, size, mediaType } })
    count++
  }
  for (const { suffix, manifest } of await tagsOf(from)) {
    await putManifest(onto, manifest, `${tagOf(onto)}${suffix}`)
    count++
  }
  return count
}

/** What lies in the tags of older signatures. */
export async function tagsOf(
  image: PushedImage
): Promise<readonly { readonly suffix: string; readonly manifest: object }[]> {
  const found: { suffix: string; manifest: object }[] = []
  for (const suffix of ['.sig', '.att']) {
    const manifest = (await get(image, `manifests/${tagOf(image)}${suffix}`)) as object | undefined
    if (manifest !== undefined) found.push({ suffix, manifest })
  }
  return found
}

/** Digests of what refers to an image, by the API or by the fallback tag. */
export async function referrersOf(image: PushedImage): Promise<readonly Descriptor[]> {
  const path = image.registry.referrers ? `referrers/${image.digest}` : `manifests/${tagOf(image)}`
  const found = (await get(image, path)) as Manifest | undefined
  return found?.manifests ?? []
}

/** The attachment and, where the registry keeps no list, the list. */
async function attach(image: PushedImage, manifest: Manifest): Promise<void> {
  const descriptor = await putManifest(image, manifest)
  if (image.registry.referrers) return
  const before = await referrersOf(image)
  const entry = { ...descriptor, artifactType: manifest.artifactType }
  const index = { schemaVersion: 2, mediaType: INDEX_TYPE, manifests: [...before, entry] }
  await putManifest(image, index, tagOf(image))
}

type Place = Pick<PushedImage, 'registry' | 'repository'>

function imageAt(place: Place, descriptor: Descriptor): PushedImage {
  const { registry, repository } = place
  return {
    ...place,
    ...descriptor,
    reference: `${registry.name}/${repository}@${descriptor.digest}`
  }
}

async function putBlob(place: Place, bytes: Buffer, mediaType: string): Promise<Descriptor> {
  const digest = digestOf(bytes)
  const begun = await ask(place, 'POST', 'blobs/uploads/')
  const to = new URL(begun.headers.get('location') ?? '', begun.url)
  to.searchParams.set('digest', digest)
  const put = await ask(
    place,
    'PUT',
    to.href,
    { 'content-type': 'application/octet-stream' },
    bytes
  )
  if (put.status !== 201) throw new Error(`a blob was answered with ${put.status}`)
  return { mediaType, digest, size: bytes.length }
}

async function putManifest(place: Place, json: object, tag?: string): Promise<Descriptor> {
  const bytes = Buffer.from(JSON.stringify(json))
  const mediaType = 'mediaType' in json ? String(json.mediaType) : IMAGE_TYPE
  const digest = digestOf(bytes)
  const type = { 'content-type': mediaType }
  const put = await ask(place, 'PUT', `manifests/${tag ?? digest}`, type, bytes)
  if (put.status !== 201) throw new Error(`a manifest was answered with ${put.status}`)
  return { mediaType, digest, size: bytes.length }
}

/** @returns nothing when there is none */
async function get(place: Place, path: string): Promise<unknown> {
  const answer = await ask(place, 'GET', path, { accept: TYPES })
  if (answer.status === 404) return undefined
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`)
  return answer.json()
}

function ask(
  { registry, repository }: Place,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Buffer
): Promise<Response> {
  const authorization = registry.authorization(repository)
  return fetch(new URL(path, `${registry.origin}/v2/${repository}/`), {
    method,
    headers: { ...headers, ...(authorization !== undefined && { authorization }) },
    ...(body && { body: new Uint8Array(body) })
  })
}

function tagOf({ digest }: PushedImage): string {
  return digest.replace(':', '-')
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
