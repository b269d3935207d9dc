import { hash } from 'node:crypto'
import type { Component } from '../../model/component.ts'
import { statedLicensesOf } from '../sbom/licenses.ts'
import { allOf, parseSpdxExpression } from '../spdx-expression.ts'

/** `licenseDeclared`: one expression, in which names that are no SPDX are references. */
export function declaredLicenseOf(component: Component): string {
  const { expressions, names } = statedLicensesOf(component)
  const refs = names.map(refOfName).flatMap((ref) => parseSpdxExpression(ref) ?? [])
  const all = [...expressions, ...refs]
  return all.length === 0 ? 'NOASSERTION' : allOf(all)
}

/** What `LicenseRef-…` stands for, each once, in order of first use. */
export function* licenseRefsOf(components: readonly Component[]): Generator<object> {
  const told = new Set<string>()
  for (const component of components) {
    if (component.licenses.length === 0) continue
    const { expressions, names } = statedLicensesOf(component)
    for (const name of names) {
      const licenseId = refOfName(name)
      if (told.has(licenseId)) continue
      told.add(licenseId)
      yield { licenseId, name, extractedText: name }
    }
    for (const licenseId of expressions.flatMap((expression) => expression.refs)) {
      if (told.has(licenseId)) continue
      told.add(licenseId)
      yield { licenseId, name: licenseId, extractedText: 'NOASSERTION' }
    }
  }
}

function refOfName(name: string): string {
  const slug = name.slice(0, 40).replace(/[^A-Za-z0-9.]+/g, '-')
  return `LicenseRef-assay-${slug}-${hash('sha256', name).slice(0, 12)}`
}
