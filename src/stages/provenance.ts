import type { Predicates } from '../model/predicate.ts'
import { NOT_ASKED_FOR } from '../model/report.ts'
import { files } from './files.ts'
import { images } from './images.ts'
import { predicatesOf } from './provenance/predicates.ts'
import { sectionOf } from './provenance/section.ts'
import { sbom } from './sbom.ts'
import { defineStage } from './stage.ts'

const NONE: Predicates = { list: [], missing: [] }

/** Makes what is stated about every image and file: what went into it, and where it was built. */
export const provenance = defineStage({
  id: 'provenance',
  title: 'Write the statements',
  needs: { images, files, sbom },
  rules: [],
  skipReason: ({ settings: { sign, images: named } }) =>
    sign.mode === 'off' ||
    (named.length === 0 && sign.subjectPaths.length === 0 && sign.subjectChecksums === undefined)
      ? NOT_ASKED_FOR
      : undefined,
  idle: NONE,
  run(context, { sbom: sboms }) {
    const output = predicatesOf(context, sboms)
    return Promise.resolve({
      output,
      section: sectionOf(output),
      stats: { statements: output.list.length, missing: output.missing.length }
    })
  }
})
