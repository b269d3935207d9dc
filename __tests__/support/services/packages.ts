import { createHash } from 'node:crypto'
import type { ServedFile } from './misbehaviour.ts'

/** One version of one package, as a registry has it. */
export type ServedPackage =
  | {
      readonly ecosystem: 'npm' | 'crates.io'
      readonly name: string
      readonly version: string
      readonly body: Uint8Array
    }
  | {
      readonly ecosystem: 'PyPI'
      readonly name: string
      readonly version: string
      /** By file name. */
      readonly files: Readonly<Record<string, Uint8Array>>
    }
  | {
      readonly ecosystem: 'Go'
      readonly name: string
      readonly version: string
      readonly zip: Uint8Array
      readonly mod: string
    }

/** Folders of the ecosystems below a registry's address. */
export const FOLDERS = { npm: '/npm', PyPI: '/simple', 'crates.io': '/crates', Go: '/go' } as const

/** Follows a path whose answer in JSON is meant. */
export const AS_JSON = ' as JSON'

/** What a client accepts that wants it. */
export const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'

/** Every path that a registry answers for these packages, with what it answers. */
export function pathsOf(
  packages: readonly ServedPackage[],
  base: string
): ReadonlyMap<string, ServedFile> {
  const paths = new Map<string, ServedFile>()
  const byName = new Map<string, ServedPackage[]>()
  for (const given of packages) {
    const key = `${given.ecosystem} ${given.name}`
    byName.set(key, [...(byName.get(key) ?? []), given])
  }
  for (const versions of byName.values()) {
    for (const [path, file] of versions.flatMap((given) => filesOf(given))) paths.set(path, file)
    for (const [path, file] of indexOf(versions, base)) paths.set(path, file)
  }
  const dl = `${base}${FOLDERS['crates.io']}/api/v1/crates`
  paths.set(`${FOLDERS['crates.io']}/config.json`, json({ dl, api: base }))
  return paths
}

/** Where the bytes of a package lie below a registry's address. */
export function bytesPathOf(given: ServedPackage): string {
  return filesOf(given)[0]?.[0] ?? ''
}

type Entry = readonly [path: string, file: ServedFile]

function filesOf(given: ServedPackage): readonly Entry[] {
  const { name, version } = given
  switch (given.ecosystem) {
    case 'npm':
      return [[`${FOLDERS.npm}/${name}/-/${tarballOf(name, version)}`, archive(given.body)]]
    case 'crates.io':
      return [
        [`${FOLDERS['crates.io']}/api/v1/crates/${name}/${version}/download`, archive(given.body)]
      ]
    case 'PyPI':
      return Object.entries(given.files).map(([file, body]) => [
        `/packages/${name}/${file}`,
        archive(body)
      ])
    case 'Go':
      return moduleFilesOf(given)
    default:
      return []
  }
}

function moduleFilesOf({
  name,
  version,
  zip,
  mod
}: Extract<ServedPackage, { ecosystem: 'Go' }>): readonly Entry[] {
  const stem = `${FOLDERS.Go}/${escaped(name)}/@v/${escaped(version)}`
  return [
    [`${stem}.zip`, archive(zip)],
    [`${stem}.mod`, text(mod)],
    [`${stem}.info`, json({ Version: version, Time: '2020-01-01T00:00:00Z' })]
  ]
}

function indexOf(versions: readonly ServedPackage[], base: string): readonly Entry[] {
  const name = versions[0]?.name ?? ''
  switch (versions[0]?.ecosystem) {
    case 'npm':
      return [[`${FOLDERS.npm}/${name}`, json(packumentOf(name, versions, base))]]
    case 'PyPI':
      return [
        [`${FOLDERS.PyPI}/${name}/`, page(name, versions, base)],
        [`${FOLDERS.PyPI}/${name}/${AS_JSON}`, simpleJson(name, versions, base)]
      ]
    case 'crates.io':
      return [[`${FOLDERS['crates.io']}/${sparsePathOf(name)}`, lines(versions)]]
    case 'Go': {
      const list = versions.map(({ version }) => `${version}\n`).join('')
      return [[`${FOLDERS.Go}/${escaped(name)}/@v/list`, text(list)]]
    }
    case undefined:
    default:
      return []
  }
}

function packumentOf(name: string, versions: readonly ServedPackage[], base: string): unknown {
  const entries = versions.flatMap((given) => {
    if (given.ecosystem !== 'npm') return []
    const { version, body } = given
    const dist = {
      tarball: `${base}${FOLDERS.npm}/${name}/-/${tarballOf(name, version)}`,
      shasum: createHash('sha1').update(body).digest('hex'),
      integrity: `sha512-${createHash('sha512').update(body).digest('base64')}`
    }
    return [[version, { name, version, dist }] as const]
  })
  const latest = entries.at(-1)?.[0]
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(entries) }
}

/** The same in JSON. @see https://peps.python.org/pep-0691/ */
function simpleJson(name: string, versions: readonly ServedPackage[], base: string): ServedFile {
  const files = versions.flatMap((given) =>
    given.ecosystem === 'PyPI' ? Object.entries(given.files) : []
  )
  const entries = files.map(([file, body]) => {
    const url = `${base}/packages/${name}/${file}`
    return { filename: file, url, hashes: { sha256: sha256(body) }, size: body.length }
  })
  const simple = { meta: { 'api-version': '1.0' }, name, files: entries }
  return { body: Buffer.from(JSON.stringify(simple)), type: JSON_TYPE }
}

/** A page of the simple index, in HTML. @see https://peps.python.org/pep-0503/ */
function page(name: string, versions: readonly ServedPackage[], base: string): ServedFile {
  const files = versions.flatMap((given) =>
    given.ecosystem === 'PyPI' ? Object.entries(given.files) : []
  )
  const links = files.map(([file, body]) => {
    const url = `${base}/packages/${name}/${file}#sha256=${sha256(body)}`
    return `<a href="${url}">${file}</a><br>\n`
  })
  const html = `<!doctype html><html><head><meta name="pypi:repository-version" content="1.0"></head><body>\n${links.join('')}</body></html>\n`
  return { body: Buffer.from(html), type: 'text/html; charset=utf-8' }
}

/** An index file of a sparse registry. @see https://doc.rust-lang.org/cargo/reference/registry-index.html */
function lines(versions: readonly ServedPackage[]): ServedFile {
  const entries = versions.flatMap((given) => {
    if (given.ecosystem !== 'crates.io') return []
    const { name, version, body } = given
    const entry = {
      name,
      vers: version,
      deps: [],
      cksum: sha256(body),
      features: {},
      yanked: false
    }
    return [`${JSON.stringify(entry)}\n`]
  })
  return text(entries.join(''))
}

function sparsePathOf(name: string): string {
  const lower = name.toLowerCase()
  if (lower.length <= 2) return `${lower.length}/${lower}`
  if (lower.length === 3) return `3/${lower.slice(0, 1)}/${lower}`
  return `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`
}

function tarballOf(name: string, version: string): string {
  return `${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`
}

/** @see https://go.dev/ref/mod#goproxy-protocol */
function escaped(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
}

function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}

function archive(body: Uint8Array): ServedFile {
  return { body, type: 'application/octet-stream' }
}

function text(body: string): ServedFile {
  return { body: Buffer.from(body), type: 'text/plain' }
}

function json(value: unknown): ServedFile {
  return { body: Buffer.from(JSON.stringify(value)), type: 'application/json' }
}
