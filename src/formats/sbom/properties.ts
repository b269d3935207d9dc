import type { Submodule } from '../../model/checkout.ts'
import type { Component } from '../../model/component.ts'
import type { Evidence } from '../../model/evidence.ts'
import type { SbomFacts } from '../sbom.ts'
import { checkText, verificationOf } from './files.ts'
import { statedOriginOf } from './origin.ts'
import { documentText } from './text.ts'

/** A fact that the formats have no field for. docs/sbom.md lists the names. */
export interface Property {
  readonly name: string
  readonly value: string
}

/** Makes a property; the value may come from anywhere. */
export function property(name: string, value: string): Property {
  return { name, value: documentText(value) }
}

/** What a component is, beyond the formats' own fields. */
export function* componentProperties(component: Component): Generator<Property> {
  yield property('assay:ecosystem', component.ecosystem)
  yield property('assay:origin', statedOriginOf(component).text)
  yield property('assay:direct', `${component.direct}`)
  if (component.scope) yield property('assay:scope', component.scope)
  if (component.fixture) yield property('assay:fixture', 'true')
  const { os, cpu, libc, marker } = component.platform ?? {}
  if (os) yield property('assay:platform:os', os.join(' '))
  if (cpu) yield property('assay:platform:cpu', cpu.join(' '))
  if (libc) yield property('assay:platform:libc', libc.join(' '))
  if (marker !== undefined) yield property('assay:platform:marker', marker)
}

/** What was looked at, and how it came out. */
export function* verificationProperties(evidence: readonly Evidence[]): Generator<Property> {
  yield property('assay:verification', verificationOf(evidence))
  for (const item of evidence) yield property(`assay:verification:${item.kind}`, checkText(item))
}

/** A digest that no standard field can hold. */
export function digestProperty(digest: string, file: string | undefined): Property {
  const name = digest.startsWith('h1:') ? 'assay:go:h1' : 'assay:digest'
  return property(name, file === undefined ? digest : `${file} ${digest}`)
}

/** What was looked at: the checkout, and where it differs from its commit. */
export function* checkoutProperties({ checkout, created }: SbomFacts): Generator<Property> {
  const { commit, ref, committedAt, folder, dirty, dirtyUnknown, base } = checkout
  yield property('assay:timestamp-from', created.from)
  if (commit !== undefined) yield property('assay:checkout:commit', commit)
  if (ref !== undefined) yield property('assay:checkout:ref', ref)
  if (committedAt !== undefined) yield property('assay:checkout:committed-at', committedAt)
  if (folder !== undefined) yield property('assay:checkout:folder', folder)
  if (dirtyUnknown === undefined) {
    yield property('assay:checkout:dirty-count', `${checkout.dirtyCount}`)
  } else {
    yield property('assay:checkout:dirty-unknown', dirtyUnknown)
  }
  for (const path of dirty) yield property('assay:checkout:dirty', path)
  yield property('assay:checkout:shallow', `${checkout.shallow}`)
  yield property('assay:checkout:sparse', `${checkout.sparse}`)
  for (const submodule of checkout.submodules) {
    yield property('assay:checkout:submodule', submoduleText(submodule))
  }
  if (base !== undefined) {
    yield property('assay:checkout:base-commit', base.commit)
    if (base.ref !== undefined) yield property('assay:checkout:base-ref', base.ref)
  }
}

function submoduleText({ path, commit, missing }: Submodule): string {
  return `${path} ${commit}${missing ? ' missing' : ''}`
}

/** What was read, and what was seen there and is no component. */
export function* sourceProperties(facts: SbomFacts): Generator<Property> {
  for (const { path, format, fixture } of facts.lockfiles) {
    yield property(fixture ? 'assay:lockfile:fixture' : 'assay:lockfile', `${path} (${format})`)
  }
  for (const path of facts.unreadable) yield property('assay:lockfile:unreadable', path)
  for (const { name, reason, location } of facts.gaps) {
    const line = location.line === undefined ? '' : `:${location.line}`
    yield property('assay:gap', `${location.path}${line} ${name}: ${reason}`)
  }
}
