import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Image } from '../../src/model/image.ts'
import {
  type OciRegistryNature,
  type OciTestRegistry,
  startOciRegistry
} from '../support/services/oci-registry.ts'
import { type EmbeddedSigstore, startSigstore } from '../support/services/sigstore/sigstore.ts'
import { digestOf, putImage, type SignBench, signBench } from '../support/sign-bench.ts'

let sigstore: EmbeddedSigstore
let registry: OciTestRegistry
let bench: SignBench
let image: Image

beforeEach(async () => {
  sigstore = await startSigstore()
  bench = signBench(sigstore)
  await start()
})

afterEach(async () => {
  bench.remove()
  await Promise.all([registry.close(), sigstore.close()])
})

async function start(nature: OciRegistryNature = { referrers: true }): Promise<void> {
  registry = await startOciRegistry(nature)
  image = putImage(registry)
}

describe('an image', () => {
  it('is signed with every platform of it, and all of it is read back', async () => {
    const result = await bench.run({ images: [image] })

    expect(result.findings).toEqual([])
    expect(result.stats).toMatchObject({ subjects: 3, kept: 18, notKept: 0 })
    expect(result.outputs?.['signed-subjects']).toContain(digestOf(image))
  })
})
