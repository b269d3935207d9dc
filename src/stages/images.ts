import { NOT_ASKED_FOR } from '../model/report.ts'
import * as rules from './images/rules.ts'
import { defineStage } from './stage.ts'

/** Resolves the images that the run was asked to look at: to their digests, and to those of every platform. */
export const images = defineStage({
  id: 'images',
  title: 'Resolve images',
  needs: {},
  rules: Object.values(rules),
  skipReason: ({ settings }) => (settings.images.length === 0 ? NOT_ASKED_FOR : undefined),
  idle: [],
  async run(context) {
    // Most runs name no image.
    const { lookAtImages } = await import('./images/look.ts')
    return lookAtImages(context)
  }
})
