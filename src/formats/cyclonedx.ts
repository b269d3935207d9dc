import type { Component } from '../model/component.ts'
import type { Document } from '../model/document.ts'
import { type JsonNode, jsonChunks } from './json-stream.ts'
import { componentOf } from './cyclonedx/component.ts'
import type { Completeness, SbomFacts } from './sbom.ts'
import { checkoutProperties, sourceProperties } from './sbom/properties.ts'
import { checkoutPurl, documentText, gitUrl, refOf, statedPurl } from './sbom/text.ts'

/** `bom-ref` of the checkout: no purl, so that no component can have it. */
const ROOT = 'checkout'

/**
 * The SBOM as CycloneDX 1.6 JSON. docs/sbom.md says what is where.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function cyclonedxOf(facts: SbomFacts): Document {
  return {
    name: 'sbom.cdx.json',
    mediaType: 'application/vnd.cyclonedx+json; version=1.6',
    chunks: () => jsonChunks(bomOf(facts))
  }
}

function bomOf(facts: SbomFacts): JsonNode {
  return {
    members: [
      ['$schema', { value: 'http://cyclonedx.org/schema/bom-1.6.schema.json' }],
      ['bomFormat', { value: 'CycloneDX' }],
      ['specVersion', { value: '1.6' }],
      ['serialNumber', { value: `urn:uuid:${facts.uuidOf('cyclonedx')}` }],
      ['version', { value: 1 }],
      ['metadata', metadataOf(facts)],
      ['components', { each: map(facts.components, (component) => componentOf(component, facts)) }],
      ['dependencies', { each: dependenciesOf(facts) }],
      ['compositions', { nodes: compositionsOf(facts) }],
      ['properties', { each: sourceProperties(facts) }]
    ]
  }
}

function metadataOf(facts: SbomFacts): JsonNode {
  const tool = { type: 'application', name: 'assay', version: facts.toolVersion }
  return {
    members: [
      ['timestamp', { value: facts.created.at }],
      ['lifecycles', { value: [{ phase: 'pre-build' }] }],
      ['tools', { value: { components: [tool] } }],
      ['component', { value: rootOf(facts) }],
      ['licenses', { value: [{ license: { id: 'CC0-1.0' } }] }],
      ['properties', { each: checkoutProperties(facts) }]
    ]
  }
}

function rootOf({ checkout }: SbomFacts): object {
  const { name, commit, repository } = checkout
  const purl = statedPurl(checkoutPurl(checkout))
  const vcs = gitUrl(repository ?? '')?.replace(/^git\+/, '')
  return {
    type: 'application',
    'bom-ref': ROOT,
    name: documentText(name),
    ...(commit !== undefined && { version: documentText(commit) }),
    ...(purl && { purl }),
    ...(vcs && { externalReferences: [{ type: 'vcs', url: vcs }] })
  }
}

/** A component whose dependencies nobody knows has no entry: an empty one would say that it has none. */
function* dependenciesOf(facts: SbomFacts): Generator<object> {
  yield { ref: ROOT, dependsOn: facts.direct.map(refOf) }
  for (const component of facts.components) {
    const dependsOn = facts.dependenciesOf(component).map(refOf)
    if (dependsOn.length > 0 || component.edges !== 'unknown') {
      yield { ref: refOf(component.purl), dependsOn }
    }
  }
}

const COMPLETENESS: readonly Completeness[] = ['complete', 'incomplete', 'unknown']

/** One composition for each answer: the list of components by the checkout, edges by where they start. */
function* compositionsOf(facts: SbomFacts): Generator<JsonNode> {
  for (const aggregate of COMPLETENESS) {
    const root = facts.completeness === aggregate
    if (!root && !facts.components.some((item) => facts.completenessOf(item) === aggregate)) {
      continue
    }
    yield {
      members: [
        ['aggregate', { value: aggregate }],
        ['assemblies', root ? { value: [ROOT] } : undefined],
        ['dependencies', { each: refsWith(aggregate, facts) }]
      ]
    }
  }
}

function* refsWith(aggregate: Completeness, facts: SbomFacts): Generator<string> {
  if (facts.completeness === aggregate) yield ROOT
  for (const component of facts.components) {
    if (facts.completenessOf(component) === aggregate) yield refOf(component.purl)
  }
}

function* map(
  components: readonly Component[],
  makeOne: (component: Component) => object
): Generator<object> {
  for (const component of components) yield makeOne(component)
}
