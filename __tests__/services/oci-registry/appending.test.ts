import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { realTiming, type Timing } from '../../../src/host/http/timing.ts'
import type { LegacyLayer } from '../../../src/formats/cosign-legacy.ts'
import { type OciRepository, openRepository } from '../../../src/services/oci-registry.ts'
import { ociContext, QUICK } from '../../support/oci-context.ts'
import {
  type OciRegistryNature,
  type OciTestRegistry,
  startOciRegistry
} from '../../support/services/oci-registry.ts'

const TAG = `sha256-${'a'.repeat(64)}.sig`

let registry: OciTestRegistry

beforeEach(() => start({}))

afterEach(async () => {
  await registry.close()
})

async function start(nature: OciRegistryNature): Promise<void> {
  registry = await startOciRegistry(nature)
}

/** Writers that meet have to wait as long as they really do. */
function open(timing: Timing = QUICK): OciRepository {
  const context = { ...ociContext(), timing }
  return openRepository(context, { registry: registry.name, repository: 'o/app' })
}

function layer(text: string): LegacyLayer {
  return { mediaType: 'application/x', bytes: Buffer.from(text), annotations: { says: text } }
}

function kept(): readonly string[] {
  const bytes = registry.read('o/app', TAG)?.toString() ?? '{"layers":[]}'
  const { layers } = JSON.parse(bytes) as { layers: { annotations: { says: string } }[] }
  return layers.map(({ annotations }) => annotations.says).sort()
}

function puts(): number {
  return registry.requests.filter(({ method }) => method === 'PUT').length
}

describe('adding to the tag of an older signature', () => {
  it('keeps what was there, and adds nothing twice', async () => {
    await open().appendLegacy(TAG, [layer('one')])
    await open().appendLegacy(TAG, [layer('two'), layer('three')])
    const before = puts()
    await open().appendLegacy(TAG, [layer('two')])

    expect(kept()).toEqual(['one', 'three', 'two'])
    expect(puts()).toBe(before)
  })

  it.each([
    ['compares entity tags', { etags: true }],
    ['knows none', {}]
  ])('loses nothing of parallel writers where the registry %s', async (_what, nature) => {
    await registry.close()
    await start(nature)
    const names = Array.from({ length: 8 }, (_, at) => `writer ${at}`)

    await Promise.all(names.map((name) => open(realTiming).appendLegacy(TAG, [layer(name)])))

    expect(kept()).toEqual(names)
  })

  it('writes a config whose layers are those of the manifest', async () => {
    await open().appendLegacy(TAG, [layer('one'), layer('two')])

    const { config, layers } = JSON.parse(registry.read('o/app', TAG)?.toString() ?? '') as {
      config: { digest: string }
      layers: { digest: string }[]
    }
    expect(JSON.parse(registry.readBlob('o/app', config.digest)?.toString() ?? '')).toMatchObject({
      rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) }
    })
  })

  it('says what to do where tags are immutable', async () => {
    await open().appendLegacy(TAG, [layer('one')])
    registry.misbehave(`PUT /v2/o/app/manifests/${TAG}`, { kind: 'status', status: 400 })

    await expect(open().appendLegacy(TAG, [layer('two')])).rejects.toMatchObject({
      code: 'SERVICE_STATUS',
      message: expect.stringContaining('the tag is there already'),
      remedy: expect.stringContaining('`legacy`')
    })
  })

  it('refuses to add to a tag that is no list of signatures', async () => {
    registry.manifest(
      'o/app',
      { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] },
      TAG
    )

    await expect(open().appendLegacy(TAG, [layer('one')])).rejects.toMatchObject({
      code: 'SERVICE_RESPONSE_INVALID'
    })
  })
})

describe('seeing whether one may push', () => {
  it('leaves nothing behind', async () => {
    await open().probePush()

    expect(registry.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE'])
  })

  it('says so when one may not', async () => {
    registry.misbehave('POST /v2/o/app/blobs/uploads/', { kind: 'status', status: 403 })

    await expect(open().probePush()).rejects.toMatchObject({
      code: 'SERVICE_STATUS',
      message: expect.stringContaining('push to'),
      remedy: expect.stringContaining('packages: write')
    })
  })
})
