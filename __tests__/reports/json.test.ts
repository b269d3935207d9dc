import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Base, Checkout, Submodule } from '../../src/model/checkout.ts'
import type { Component, Gap, LockedFile, Lockfile, Origin } from '../../src/model/component.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import type { Finding, Rule } from '../../src/model/finding.ts'
import type { Image, OtherEntry, PlatformImage } from '../../src/model/image.ts'
import { purlOf } from '../../src/model/purl.ts'
import type { Problem, RunReport, StageReport } from '../../src/model/report.ts'
import { json } from '../../src/reports/json.ts'
import { textOf } from '../support/document-text.ts'
import { expectGolden } from '../support/golden.ts'
import { digestOf, hostileInput } from '../support/sbom-cases.ts'

const SCHEMA = join(import.meta.dirname, '../../schema/report-1.0.schema.json')

const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object
)

// Every value below has every field that the model knows: one that is new does not compile before it is here, and
// does not pass before it is in the schema.
const purl = purlOf('npm', 'left-pad', '1.3.0')

const file: Required<LockedFile> = {
  name: 'left-pad-1.3.0.tgz',
  url: 'https://registry.example/left-pad-1.3.0.tgz',
  digests: [digestOf('sha512'), digestOf('sha1')],
  location: { path: 'package-lock.json', line: 9 }
}

const component: Required<Component> = {
  purl,
  ecosystem: 'npm',
  name: 'left-pad',
  version: '1.3.0',
  scope: 'development',
  direct: true,
  origin: { kind: 'registry', url: 'https://registry.example/' },
  files: [file],
  licenses: ['WTFPL'],
  platform: { os: ['!win32'], cpu: ['x64'], libc: ['glibc'], marker: 'os_name' },
  dependsOn: [purl],
  edges: 'unknown',
  locations: [{ path: 'package-lock.json' }],
  fixture: true
}

const origins: readonly Origin[] = [
  { kind: 'registry' },
  { kind: 'git', url: 'https://git.acme.test/o/r' },
  { kind: 'git', url: 'https://git.acme.test/o/r', commit: 'abc' },
  { kind: 'archive', url: 'https://git.acme.test/x.tgz' },
  { kind: 'local', path: 'packages/a' }
]

const lockfile: Required<Lockfile> = {
  path: 'package-lock.json',
  ecosystem: 'npm',
  format: 'npm',
  fixture: true,
  direct: [purl],
  components: [purl]
}

const gap: Required<Gap> = { name: 'x', reason: 'a range', location: { path: 'Pipfile.lock' } }

const evidence: Required<Evidence> = {
  subject: purl,
  kind: 'digest',
  outcome: 'contradicted',
  source: 'https://registry.example/left-pad-1.3.0.tgz',
  file: 'left-pad-1.3.0.tgz',
  predicateType: 'https://slsa.dev/provenance/v1',
  observed: digestOf('h1'),
  signer: {
    identity: 'https://github.com/octo/build/.github/workflows/npm.yml@refs/heads/main',
    issuer: 'https://token.actions.githubusercontent.com',
    repository: 'https://github.com/octo/shop',
    commit: '0'.repeat(40),
    ref: 'refs/tags/v1.3.0',
    workflow: 'https://github.com/octo/shop/.github/workflows/release.yml@refs/tags/v1.3.0',
    builder: 'https://github.com/octo/build/.github/workflows/npm.yml@refs/heads/main',
    runner: 'github-hosted'
  },
  observedAt: '2026-01-02T03:04:05Z',
  detail: 'sha512:00 is not sha512:01'
}

const rule: Required<Rule> = {
  id: 'integrity/digest-mismatch',
  title: 'The bytes are others',
  severity: 'critical',
  why: 'Somebody changed them.',
  remedy: 'Do not install it.'
}

const finding: Required<Finding> = {
  rule,
  severity: 'low',
  confidence: 'high',
  subject: purl,
  message: 'left-pad has other bytes',
  locations: [{ path: 'package-lock.json', line: 9 }],
  evidence: [evidence],
  fingerprint: '0123456789abcdef0123456789abcdef',
  waiver: { reason: 'known', expires: '2027-01-01' }
}

const problem: Required<Problem> = { code: 'INTERNAL', message: 'Broken', remedy: 'Report it' }

const stage: Required<StageReport> = {
  stage: 'integrity',
  title: 'Verify locked digests',
  status: 'errored',
  reason: 'none',
  problem,
  durationMs: 12.5,
  findings: [finding],
  evidence: [evidence],
  section: { title: 'For people', blocks: [] },
  stats: { files: 1 }
}

const submodule: Required<Submodule> = { path: 'lib', commit: 'f'.repeat(40), missing: true }

const base: Required<Base> = { commit: 'e'.repeat(40), ref: 'refs/heads/main', source: 'git' }

const checkout: Required<Checkout> = {
  name: 'octo/shop',
  folder: 'packages/web',
  repository: 'https://github.com/octo/shop',
  commit: '0'.repeat(40),
  ref: 'refs/heads/main',
  committedAt: '2026-01-02T03:04:05Z',
  dirty: ['a'],
  dirtyCount: 1,
  dirtyUnknown: 'no git',
  submodules: [submodule],
  shallow: true,
  sparse: true,
  base
}

const platformImage: Required<PlatformImage> = {
  platform: 'linux/arm64/v8',
  subject: { name: 'ghcr.example/o/app', digest: digestOf('sha256') },
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  size: 400
}

const otherEntry: Required<OtherEntry> = {
  kind: 'attestation-manifest',
  digest: `sha256:${'a'.repeat(64)}`,
  about: `sha256:${'b'.repeat(64)}`
}

const image: Required<Image> = {
  given: 'ghcr.example/o/app:1.0',
  subject: { name: 'ghcr.example/o/app', digest: digestOf('sha512') },
  mediaType: 'application/vnd.oci.image.index.v1+json',
  size: 700,
  platforms: [platformImage],
  others: [otherEntry]
}

const full: Required<RunReport> = {
  schema: '1.0',
  tool: { name: 'assay', version: '0.1.0' },
  startedAt: '2026-01-02T03:04:05.678Z',
  checkout,
  lockfiles: [lockfile],
  images: [image],
  components: [component, ...origins.map((origin) => ({ ...component, origin }))],
  gaps: [gap],
  stages: [stage, { ...stage, findings: [], evidence: [{ ...evidence, kind: 'index-digest' }] }],
  verdict: {
    conclusion: 'fail',
    headline: 'Fail for 1 cause: 0 verified, 1 contradicted',
    causes: ['integrity/digest-mismatch: left-pad has other bytes'],
    findings: [finding, { ...finding, rule: { ...rule, id: 'inventory/no-lockfile' } }, finding]
  }
}

const { checkout: _checkout, ...withoutCheckout } = full

const empty: RunReport = {
  ...withoutCheckout,
  lockfiles: [],
  images: [],
  components: [],
  gaps: [],
  stages: [],
  verdict: { conclusion: 'pass', headline: 'Pass: nothing there', causes: [], findings: [] }
}

function hostile(): RunReport {
  const { components, gaps, checkout: where, evidence: seen } = hostileInput()
  const nasty = where.name
  return {
    ...full,
    checkout: where,
    components,
    gaps,
    stages: [{ ...stage, title: nasty, reason: nasty, evidence: seen, stats: { [nasty]: 1 } }],
    verdict: { ...full.verdict, headline: nasty, causes: [nasty] }
  }
}

describe.each([
  ['full', () => full],
  ['empty', () => empty],
  ['hostile', hostile]
])('a report that is %s', (_name, reportOf) => {
  it('is valid by its published schema', () => {
    validate(JSON.parse(textOf(json.render(reportOf()))))

    expect(validate.errors).toBeNull()
  })

  it('can be read as UTF-8 and is the same each time', () => {
    const text = textOf(json.render(reportOf()))

    expect(text.isWellFormed()).toBe(true)
    expect(textOf(json.render(reportOf()))).toBe(text)
  })
})

it('reads as reviewed', () => {
  const folder = join(import.meta.dirname, '../fixtures/reports')

  expectGolden(join(folder, 'full.report.json'), textOf(json.render(full)))
  expectGolden(join(folder, 'empty.report.json'), textOf(json.render(empty)))
})

it('tells each rule once, and findings by its id', () => {
  const { rules, findings } = JSON.parse(textOf(json.render(full))) as {
    readonly rules: readonly { readonly id: string }[]
    readonly findings: readonly { readonly rule: string }[]
  }

  expect(rules.map(({ id }) => id)).toEqual(['integrity/digest-mismatch', 'inventory/no-lockfile'])
  expect(findings.map((item) => item.rule)).toEqual([
    'integrity/digest-mismatch',
    'inventory/no-lockfile',
    'integrity/digest-mismatch'
  ])
})

it('carries no credential of an address', () => {
  const url = 'https://user:secret@registry.example/@s/a/-/a.tgz?token=secret#secret'
  const report: RunReport = {
    ...full,
    components: [{ ...component, origin: { kind: 'archive', url }, files: [{ ...file, url }] }]
  }
  const text = textOf(json.render(report))

  expect(text).not.toContain('secret')
  expect(text).toContain('"url":"https://registry.example/@s/a/-/a.tgz?…"')
})

it('is not valid with a member that its schema does not know', () => {
  expect(validate({ ...(JSON.parse(textOf(json.render(empty))) as object), more: 1 })).toBe(false)
})

it('is written in small pieces', () => {
  const components = Array.from({ length: 2000 }, () => component)
  const purls = components.map((item) => item.purl)
  const report = { ...full, components, lockfiles: [{ ...lockfile, components: purls }] }

  const longest = Math.max(...[...json.render(report).chunks()].map((chunk) => chunk.length))

  expect(longest).toBeLessThan(4096)
})
