import type { Component } from '../../model/component.ts'
import { parseSpdxExpression, type SpdxExpression } from '../spdx-expression.ts'
import { documentText } from './text.ts'

/** What lock or registry state as licences: all of them hold. */
export interface StatedLicenses {
  readonly expressions: readonly SpdxExpression[]
  /** Statements that are no SPDX: `SEE LICENSE IN LICENSE.md`, `Apache 2`. */
  readonly names: readonly string[]
}

/** Sorts licence statements into SPDX and names; never guesses what a name may mean. */
export function statedLicensesOf({ licenses }: Component): StatedLicenses {
  const expressions = new Map<string, SpdxExpression>()
  const names = new Set<string>()
  for (const license of licenses) {
    const parsed = parseSpdxExpression(license)
    if (parsed) expressions.set(parsed.text, parsed)
    else if (license.trim() !== '') names.add(documentText(license.trim()))
  }
  return { expressions: [...expressions.values()], names: [...names] }
}
