import { createHash } from 'node:crypto'
import type { Component, LockedFile } from '../../src/model/component.ts'
import type { Digest } from '../../src/model/digest.ts'
import { purlOf } from '../../src/model/purl.ts'
import { type TestKey, testKey, type TestLog, testLog, tilesOf } from './checksum-log.ts'
import type { Canned } from './fake-host.ts'
import { zipOf } from './module-zip.ts'

/** One version of a module, with its files as a proxy serves them. */
export interface TestModule {
  readonly path: string
  readonly version: string
  readonly zip: Buffer
  readonly mod: string
}

export type Responses = Record<string, Canned>

export function testModule(path: string, version = 'v1.0.0'): TestModule {
  const mod = `module ${path}\n`
  const prefix = `${path}@${version}/`
  const zip = zipOf([
    { name: `${prefix}go.mod`, data: mod },
    { name: `${prefix}a.go`, data: `package a // of ${path}\n` }
  ])
  return { path, version, zip, mod }
}

/** By the definition of go.sum, over the files that {@link testModule} packs. */
export function h1Of({ path, version, mod }: TestModule, kind: 'zip' | 'go.mod'): Digest {
  const prefix = `${path}@${version}/`
  const files: readonly (readonly [string, string])[] =
    kind === 'go.mod'
      ? [['go.mod', mod]]
      : [
          [`${prefix}a.go`, `package a // of ${path}\n`],
          [`${prefix}go.mod`, mod]
        ]
  const lines = files.map(([name, data]) => `${sha256(data)}  ${name}\n`)
  return { algorithm: 'h1', hex: sha256(lines.join('')) }
}

/** What go.sum and the checksum database say about a module. */
export function recordOf(module: TestModule): string {
  const { path, version } = module
  return [
    `${path} ${version} h1:${base64(h1Of(module, 'zip'))}\n`,
    `${path} ${version}/go.mod h1:${base64(h1Of(module, 'go.mod'))}\n`
  ].join('')
}

export function lockedFile(
  module: TestModule,
  kind: 'zip' | 'go.mod',
  digest: Digest = h1Of(module, kind)
): LockedFile {
  const name = `${module.path}@${module.version}${kind === 'zip' ? '.zip' : '/go.mod'}`
  return { name, digests: [digest], location: { path: 'go.sum', line: 1 } }
}

export function componentOf(module: TestModule): Component {
  const { path, version } = module
  return {
    purl: purlOf('golang', path.toLowerCase(), version),
    ecosystem: 'Go',
    name: path,
    version,
    direct: true,
    origin: { kind: 'registry' },
    files: [lockedFile(module, 'go.mod'), lockedFile(module, 'zip')],
    licenses: [],
    dependsOn: [],
    locations: []
  }
}

/** A checksum database with a log of its own, as the answers of a server. */
export interface TestDatabase {
  readonly key: TestKey
  readonly log: TestLog
  /** The answer to a lookup of a record, with the tree head of a size. */
  answer(index: number, size: number): string
  /** Everything below `base` for trees of these sizes; lookups answer with the first of them. */
  responses(base: string, sizes: readonly number[]): Responses
}

/** Modules stand in the log in their order, between `others` records that nobody asks for. */
export function testDatabase(modules: readonly TestModule[], others = 600): TestDatabase {
  const key = testKey('sumdb.example')
  const fillers = Array.from({ length: others }, (_, at) => recordOf(testModule(`f${at}.example`)))
  const records = modules.flatMap((module, at) => [
    ...fillers.slice(at * 100, (at + 1) * 100),
    recordOf(module)
  ])
  const log = testLog([...records, ...fillers.slice(modules.length * 100)])
  const answer = (index: number, size: number): string =>
    `${index}\n${log.records[index] ?? ''}\n${key.sign(log.head(size))}`
  return {
    key,
    log,
    answer,
    responses(base, sizes) {
      const responses: Responses = {}
      for (const size of sizes) {
        for (const [path, body] of tilesOf(log, size))
          responses[`${base}/tile/8/${path}`] = { body }
      }
      for (const [at, { path, version }] of modules.entries()) {
        const escaped = path.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
        const index = at * 101 + 100
        responses[`${base}/lookup/${escaped}@${version}`] = answer(index, sizes[0] ?? 0)
      }
      return responses
    }
  }
}

export function base64({ hex }: Digest): string {
  return Buffer.from(hex, 'hex').toString('base64')
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex')
}
