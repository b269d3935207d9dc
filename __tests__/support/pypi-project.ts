import type { Component, LockedFile, Origin } from '../../src/model/component.ts'
import { digestFromHex } from '../../src/model/digest.ts'
import { purlOf } from '../../src/model/purl.ts'
import { pypiIndex } from '../../src/services/pypi-index.ts'
import { DEFAULT_REGISTRIES } from '../../src/services/registry-defaults.ts'
import type { RegistryClient } from '../../src/services/registry.ts'
import { type Canned, type FakeHost, fakeHost, type Given } from './fake-host.ts'

/** The public index, as Assay's defaults name it. */
export const PUBLIC = DEFAULT_REGISTRIES.PyPI

/** A hash whose every character is the same. */
export function hashOf(character: string): string {
  return character.repeat(64)
}

/** A locked file: `name` or none, one SHA-256 of a repeated character, in `lock`. */
export function lockedFile(
  given: { readonly name?: string; readonly url?: string; readonly hash: string },
  lock = 'requirements.txt'
): LockedFile {
  const { hash, ...rest } = given
  const digest = digestFromHex('sha256', hashOf(hash))
  return { ...rest, digests: digest ? [digest] : [], location: { path: lock, line: 1 } }
}

/** `demo 1.0` with these files. */
export function demo(
  files: readonly LockedFile[],
  given: { readonly origin?: Origin; readonly marker?: string; readonly name?: string } = {}
): Component {
  const { name = 'demo', origin = { kind: 'registry' }, marker } = given
  return {
    purl: purlOf('pypi', name, '1.0'),
    ecosystem: 'PyPI',
    name,
    version: '1.0',
    direct: true,
    origin,
    files,
    licenses: [],
    ...(marker !== undefined && { platform: { marker } }),
    dependsOn: [],
    locations: []
  }
}

/** A page in JSON: file name -> hash character; files lie beside the index. */
export function jsonPage(
  files: Readonly<Record<string, string>>,
  { at = 'https://files.registry.example/', yanked = false } = {}
): Canned {
  const entries = Object.entries(files).map(([filename, hash]) => ({
    filename,
    url: `${at}${filename}`,
    hashes: { sha256: hashOf(hash) },
    yanked
  }))
  const body = JSON.stringify({ meta: { 'api-version': '1.1' }, name: 'demo', files: entries })
  const headers = { 'content-type': 'application/vnd.pypi.simple.v1+json' }
  return { body: Buffer.from(body), headers }
}

/** A page in HTML, as it stands. */
export function htmlPage(html: string): Canned {
  return { body: Buffer.from(html), headers: { 'content-type': 'text/html; charset=utf-8' } }
}

export interface Connected {
  readonly client: RegistryClient
  readonly host: FakeHost
  /** Addresses that were asked, in order. */
  asked(): readonly string[]
  /** Warnings that were logged. */
  readonly warnings: readonly string[]
}

/** A client over a fake host. Lockfiles are all files that are given, and what else is named. */
export function connected(given: Given, lockfiles: readonly string[] = []): Connected {
  const plain = fakeHost(given)
  const warnings: string[] = []
  const warning = (message: string): void => void warnings.push(message)
  const host = { ...plain, log: { ...plain.log, warning } }
  const client = pypiIndex.connect({
    host,
    signal: new AbortController().signal,
    goChecksumDatabase: false,
    lockfiles: [...Object.keys(given.files ?? {}), ...lockfiles]
  })
  return { client, host, warnings, asked: () => host.requests.map(({ url }) => url) }
}
