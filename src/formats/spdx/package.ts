import { hash } from 'node:crypto'
import type { Component } from '../../model/component.ts'
import type { Digest } from '../../model/digest.ts'
import type { Purl } from '../../model/purl.ts'
import type { SbomFacts } from '../sbom.ts'
import { digestText, hashesOf, type StatedFile, statedFilesOf } from '../sbom/files.ts'
import { statedOriginOf } from '../sbom/origin.ts'
import {
  componentProperties,
  digestProperty,
  type Property,
  verificationProperties
} from '../sbom/properties.ts'
import { documentText, statedPurl } from '../sbom/text.ts'
import { declaredLicenseOf } from './licenses.ts'

/** Characters of a purl that an id shows; the hash behind them tells ids apart. */
const MAX_SLUG = 80

/** Identifier of a component's package: readable, and another for each purl. */
export function spdxIdOf(purl: Purl): string {
  const slug = purl
    .slice('pkg:'.length, 'pkg:'.length + MAX_SLUG)
    .replace(/%40/gi, '')
    .replace(/[^A-Za-z0-9.]+/g, '-')
  return `SPDXRef-Package-${slug}-${hash('sha256', purl).slice(0, 20)}`
}

/** One element of `packages`. */
export function packageOf(component: Component, facts: SbomFacts): object {
  const evidence = facts.evidenceOf(component)
  const files = statedFilesOf(component, evidence)
  const hashes = hashesOf(files)
  const only = files.length === 1 ? files[0] : undefined
  return {
    SPDXID: spdxIdOf(component.purl),
    name: documentText(component.name),
    ...(component.version !== '' && { versionInfo: documentText(component.version) }),
    ...(only?.name !== undefined && { packageFileName: only.name }),
    supplier: 'NOASSERTION',
    downloadLocation: downloadLocationOf(component, files),
    filesAnalyzed: false,
    ...(hashes.length > 0 && { checksums: hashes.map(checksumOf) }),
    sourceInfo: sourceInfoOf(component),
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: declaredLicenseOf(component),
    copyrightText: 'NOASSERTION',
    primaryPackagePurpose: 'LIBRARY',
    externalRefs: [...referencesOf(component.purl, hashes.length > 0 && only ? [] : files)],
    annotations: [
      annotationOf(facts, [
        ...componentProperties(component),
        ...files.flatMap((file) => file.otherDigests.map((it) => digestProperty(it, file.name))),
        ...verificationProperties(evidence)
      ])
    ]
  }
}

/** Facts without a field of their own, one a line. */
export function annotationOf(facts: SbomFacts, properties: readonly Property[]): object {
  return {
    annotationDate: facts.created.at,
    annotationType: 'OTHER',
    annotator: `Tool: assay-${facts.toolVersion}`,
    comment: properties.map(({ name, value }) => `${name}=${value}`).join('\n')
  }
}

/** An external reference by which package managers and advisories know a package. */
export function purlReference(purl: Purl): object {
  return {
    referenceCategory: 'PACKAGE-MANAGER',
    referenceType: 'purl',
    referenceLocator: purl
  }
}

function* referencesOf(purl: Purl, files: readonly StatedFile[]): Generator<object> {
  const stated = statedPurl(purl)
  if (stated) yield purlReference(stated)
  for (const { name, url, hashes } of files) {
    const digests = hashes.map(digestText)
    const locator = url ?? (name === undefined ? digests[0] : encodeURIComponent(name))
    if (locator === undefined) continue
    const comment = [...(name === undefined ? [] : [name]), ...digests].join(' ')
    yield {
      referenceCategory: 'OTHER',
      referenceType: 'distribution',
      referenceLocator: locator,
      ...(comment !== '' && comment !== locator && { comment })
    }
  }
}

/** Several files have several places, and the format has room for one: then references name them. */
function downloadLocationOf(component: Component, files: readonly StatedFile[]): string {
  const { git } = statedOriginOf(component)
  if (git !== undefined) return git
  if (component.origin.kind === 'local') return 'NONE'
  const urls = new Set(files.map((file) => file.url))
  const [url] = urls
  return urls.size === 1 && url !== undefined ? url : 'NOASSERTION'
}

function checksumOf({ algorithm, hex }: Digest): object {
  return { algorithm: algorithm.toUpperCase(), checksumValue: hex }
}

function sourceInfoOf({ locations }: Component): string {
  const places = locations.map(({ path, line }) =>
    line === undefined ? documentText(path) : `${documentText(path)}:${line}`
  )
  return `Locked in ${places.join(', ')}`
}
