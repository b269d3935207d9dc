import { NOT_ASKED_FOR } from '../model/report.ts'
import * as rules from './files/rules.ts'
import { defineStage } from './stage.ts'

/** Finds the files that are to be signed, and what their bytes are. */
export const files = defineStage({
  id: 'files',
  title: 'Find the files to sign',
  needs: {},
  rules: Object.values(rules),
  skipReason: ({ settings: { sign } }) =>
    sign.subjectPaths.length === 0 && sign.subjectChecksums === undefined
      ? NOT_ASKED_FOR
      : undefined,
  idle: [],
  async run(context) {
    // Most runs sign no file.
    const { findFiles } = await import('./files/find.ts')
    return findFiles(context)
  }
})
