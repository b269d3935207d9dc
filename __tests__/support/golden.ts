import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@jest/globals'

/**
 * Compares `actual` with the golden file at `path`. `npm run golden` rewrites it; CI never does.
 *
 * @throws when the file is missing, so that a new case cannot pass unseen
 */
export function expectGolden(path: string, actual: unknown): void {
  const text = typeof actual === 'string' ? actual : `${JSON.stringify(actual, null, 2)}\n`
  if (process.env['UPDATE_GOLDEN'] !== undefined && process.env['CI'] === undefined) {
    writeFileSync(path, text)
  }
  if (!existsSync(path)) {
    throw new Error(`No golden file "${path}": run \`npm run golden\` and review the diff`)
  }
  expect(text).toBe(readFileSync(path, 'utf8'))
}
