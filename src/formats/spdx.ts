import type { Component } from '../model/component.ts'
import type { Document } from '../model/document.ts'
import type { Purl } from '../model/purl.ts'
import { type JsonNode, jsonChunks } from './json-stream.ts'
import type { SbomFacts } from './sbom.ts'
import { checkoutProperties, sourceProperties } from './sbom/properties.ts'
import { checkoutPurl, documentText, gitLocation, gitUrl, statedPurl } from './sbom/text.ts'
import { licenseRefsOf } from './spdx/licenses.ts'
import { annotationOf, packageOf, purlReference, spdxIdOf } from './spdx/package.ts'

const DOCUMENT = 'SPDXRef-DOCUMENT'
/** Ids of components begin with `SPDXRef-Package-`. */
const ROOT = 'SPDXRef-Checkout'

/**
 * The SBOM as SPDX 2.3 JSON. docs/sbom.md says what is where.
 *
 * @see https://spdx.github.io/spdx-spec/v2.3/
 */
export function spdxOf(facts: SbomFacts): Document {
  return {
    name: 'sbom.spdx.json',
    mediaType: 'application/spdx+json',
    chunks: () => jsonChunks(documentOf(facts))
  }
}

function documentOf(facts: SbomFacts): JsonNode {
  const { created, toolVersion, checkout, completeness } = facts
  const slug = checkout.name.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 100)
  const namespace = `https://assay.dev/spdx/${slug}-${facts.uuidOf('spdx')}`
  return {
    members: [
      ['spdxVersion', { value: 'SPDX-2.3' }],
      ['dataLicense', { value: 'CC0-1.0' }],
      ['SPDXID', { value: DOCUMENT }],
      ['name', { value: documentText(checkout.name) }],
      ['documentNamespace', { value: namespace }],
      [
        'creationInfo',
        {
          value: {
            created: created.at,
            creators: [`Tool: assay-${toolVersion}`],
            comment: 'SBOM type: Source. Made from lockfiles, before any build.'
          }
        }
      ],
      ['comment', { value: `Packages: ${completeness}; ${COMPLETENESS[completeness]}.` }],
      ['packages', { each: packagesOf(facts) }],
      ['hasExtractedLicensingInfos', { each: licenseRefsOf(facts.components) }],
      ['relationships', { each: relationshipsOf(facts) }],
      ['annotations', { each: annotationsOf(facts) }]
    ]
  }
}

const COMPLETENESS = {
  complete: 'every entry of every lockfile is a package',
  incomplete: 'entries or lockfiles could not be resolved, or parts of the tree are not there',
  unknown: 'no lockfile was found'
} as const

function* packagesOf(facts: SbomFacts): Generator<object> {
  yield rootOf(facts)
  for (const component of facts.components) yield packageOf(component, facts)
}

function rootOf({ checkout }: SbomFacts): object {
  const { name, commit, repository } = checkout
  const purl = statedPurl(checkoutPurl(checkout))
  const git = repository === undefined ? undefined : gitUrl(repository)
  return {
    SPDXID: ROOT,
    name: documentText(name),
    ...(commit !== undefined && { versionInfo: documentText(commit) }),
    supplier: 'NOASSERTION',
    downloadLocation: git === undefined ? 'NOASSERTION' : gitLocation(git, commit),
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    primaryPackagePurpose: 'APPLICATION',
    ...(purl && { externalRefs: [purlReference(purl)] })
  }
}

/** Scopes that SPDX has a word for; the rest depends, and no more. */
const SCOPE_RELATIONSHIPS = {
  development: 'DEV_DEPENDENCY_OF',
  optional: 'OPTIONAL_DEPENDENCY_OF'
} as const

/**
 * Every edge is a DEPENDS_ON, the one that readers know. What the project asks for in a scope has that
 * scope's relationship on top.
 */
function* relationshipsOf(facts: SbomFacts): Generator<object> {
  yield relationship(DOCUMENT, 'DESCRIBES', ROOT)
  yield* edgesFrom(ROOT, facts.direct, facts.completeness)
  const direct = new Set(facts.direct)
  for (const component of facts.components) {
    const id = spdxIdOf(component.purl)
    yield* edgesFrom(id, facts.dependenciesOf(component), facts.completenessOf(component))
    const type = scopeRelationship(component)
    if (type !== undefined && direct.has(component.purl)) yield relationship(id, type, ROOT)
  }
}

/** NONE says that there is no other; NOASSERTION that there may be. */
function* edgesFrom(
  id: string,
  to: readonly Purl[],
  completeness: SbomFacts['completeness']
): Generator<object> {
  for (const purl of to) yield relationship(id, 'DEPENDS_ON', spdxIdOf(purl))
  if (completeness !== 'complete') yield relationship(id, 'DEPENDS_ON', 'NOASSERTION')
  else if (to.length === 0) yield relationship(id, 'DEPENDS_ON', 'NONE')
}

function scopeRelationship({ scope }: Component): string | undefined {
  return scope === undefined || scope === 'runtime' ? undefined : SCOPE_RELATIONSHIPS[scope]
}

function relationship(from: string, type: string, to: string): object {
  return { spdxElementId: from, relationshipType: type, relatedSpdxElement: to }
}

function* annotationsOf(facts: SbomFacts): Generator<object> {
  yield annotationOf(facts, [...checkoutProperties(facts)])
  for (const source of sourceProperties(facts)) yield annotationOf(facts, [source])
}
