import { describe, expect, it } from '@jest/globals'
import type { Image } from '../../../src/model/image.ts'
import { promotionsOf } from '../../../src/stages/sign/promotions.ts'

function image(given: string): Image {
  return {
    given,
    subject: { name: given, digest: { algorithm: 'sha256', hex: 'a'.repeat(64) } },
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    size: 1,
    platforms: [],
    others: []
  }
}

const ONE = [image('ghcr.io/o/app')]
const TWO = [...ONE, image('ghcr.io/o/web')]

describe('where an image is promoted to', () => {
  it('is a repository and a tag', () => {
    expect(
      promotionsOf(['Registry.example:5000/prod/app:1.0', 'app:2'], ONE).promotions
    ).toMatchObject([
      { name: 'registry.example:5000/prod/app', tag: '1.0' },
      { name: 'docker.io/library/app', tag: '2' }
    ])
  })

  it('says which image, where there are several', () => {
    const { promotions, hindrances } = promotionsOf(
      ['ghcr.io/o/web=registry.example/web:1', 'ghcr.io/o/app = registry.example/app:1'],
      TWO
    )

    expect(hindrances).toEqual([])
    expect(promotions.map((one) => [one.image.given, one.name])).toEqual([
      ['ghcr.io/o/web', 'registry.example/web'],
      ['ghcr.io/o/app', 'registry.example/app']
    ])
  })

  it.each([
    ['registry.example/app', 'it has no tag'],
    ['registry.example/APP:1', 'no capital letters'],
    [`registry.example/app@sha256:${'a'.repeat(64)}`, 'it has a digest'],
    ['ghcr.io/o/none=registry.example/app:1', 'is none of the images'],
    ['', 'no name of a repository']
  ])('is not "%s"', (given, reason) => {
    const { promotions, hindrances } = promotionsOf([given], ONE)

    expect(promotions).toEqual([])
    expect(hindrances[0]?.message).toContain(reason)
  })

  it.each([
    [
      'several images, and nobody says which',
      ['registry.example/app:1'],
      TWO,
      'does not say which'
    ],
    ['no image', ['registry.example/app:1'], [], '0 images'],
    ['the same twice', ['r.example/a:1', 'ghcr.io/o/app=r.example/a:1'], ONE, 'twice']
  ])('is unclear with %s', (_what, given, images, reason) => {
    expect(promotionsOf(given, images).hindrances[0]?.message).toContain(reason)
  })
})
