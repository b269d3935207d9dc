import type { Component } from '../../model/component.ts'
import type { Digest, DigestAlgorithm } from '../../model/digest.ts'
import type { SbomFacts } from '../sbom.ts'
import { digestText, hashesOf, type StatedFile, statedFilesOf } from '../sbom/files.ts'
import { statedLicensesOf } from '../sbom/licenses.ts'
import { type StatedOrigin, statedOriginOf } from '../sbom/origin.ts'
import {
  componentProperties,
  digestProperty,
  type Property,
  verificationProperties
} from '../sbom/properties.ts'
import { documentText, refOf, statedPurl } from '../sbom/text.ts'
import { allOf } from '../spdx-expression.ts'

const SCOPES = { runtime: 'required', optional: 'optional', development: 'excluded' } as const

/** One element of `components`. */
export function componentOf(component: Component, facts: SbomFacts): object {
  const evidence = facts.evidenceOf(component)
  const files = statedFilesOf(component, evidence)
  const origin = statedOriginOf(component)
  const purl = statedPurl(component.purl)
  const hashes = hashContents(hashesOf(files))
  const licenses = licensesOf(component)
  const references = [...referencesOf(files, origin)]
  const scope = component.fixture ? 'excluded' : component.scope && SCOPES[component.scope]
  return {
    type: 'library',
    'bom-ref': refOf(component.purl),
    name: documentText(component.name),
    ...(component.version !== '' && { version: documentText(component.version) }),
    ...(scope && { scope }),
    ...(hashes.length > 0 && { hashes }),
    ...(licenses.length > 0 && { licenses }),
    ...(purl && { purl }),
    ...(references.length > 0 && { externalReferences: references }),
    properties: [
      ...componentProperties(component),
      ...files.flatMap((file) => [...fileProperties(file, hashes.length > 0)]),
      ...verificationProperties(evidence)
    ],
    evidence: {
      occurrences: component.locations.map(({ path, line }) => ({
        location: documentText(path),
        ...(line !== undefined && { line })
      }))
    }
  }
}

/** What a file has and no standard field can hold: an external reference needs an address. */
function* fileProperties(file: StatedFile, isComponent: boolean): Generator<Property> {
  for (const digest of file.otherDigests) yield digestProperty(digest, file.name)
  for (const digest of file.hashes) {
    const stated = ALGORITHMS[digest.algorithm] && (isComponent || file.url !== undefined)
    if (!stated) yield digestProperty(digestText(digest), file.name)
  }
}

function* referencesOf(files: readonly StatedFile[], origin: StatedOrigin): Generator<object> {
  if (origin.git !== undefined) yield { type: 'vcs', url: origin.git }
  for (const { url, name, hashes } of files) {
    if (url === undefined) continue
    const contents = hashContents(hashes)
    yield {
      type: 'distribution',
      url,
      ...(name !== undefined && { comment: name }),
      ...(contents.length > 0 && { hashes: contents })
    }
  }
}

const ALGORITHMS: Partial<Record<DigestAlgorithm, string>> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512'
}

function hashContents(digests: readonly Digest[]): readonly object[] {
  return digests.flatMap(({ algorithm, hex }) => {
    const alg = ALGORITHMS[algorithm]
    return alg === undefined ? [] : [{ alg, content: hex }]
  })
}

/** A list of licences, or one expression: the format has no list of expressions. */
function licensesOf(component: Component): readonly object[] {
  const acknowledgement = 'declared'
  const { expressions, names } = statedLicensesOf(component)
  if (names.length === 0 && expressions.some((expression) => !expression.isId)) {
    return [{ expression: allOf(expressions), acknowledgement }]
  }
  return [
    ...expressions.map(({ isId, text }) => ({
      license: { ...(isId ? { id: text } : { name: text }), acknowledgement }
    })),
    ...names.map((name) => ({ license: { name, acknowledgement } }))
  ]
}
