import type { PublisherRule } from '../model/policy.ts'
import {
  type Placed,
  type Reading,
  readForm,
  readList,
  readMap,
  refuse
} from '../formats/yaml-grammar.ts'

const MAX_RULES = 1000
const MAX_PACKAGES = 1000
const MAX_CHARS = 1000

/** Forms of the texts of a rule; schema/policy-v1.schema.json has the same. */
const FORMS = {
  packages: {
    pattern: /^pkg:[a-z]+\/[^\s@?#]+$/,
    expected: 'a package URL without version, such as "pkg:npm/%40octo/*"'
  },
  repository: {
    pattern: /^https:\/\/(?:github\.com|gitlab\.com)\/[^/\s@?#]+(?:\/[^/\s@?#]+)+$/,
    expected:
      'the address of a repository at github.com or gitlab.com, such as "https://github.com/octo/lib"'
  },
  workflow: {
    pattern: /^[^/\s@][^\s@]*$/,
    expected: 'the path of a workflow, such as ".github/workflows/release.yml"'
  },
  ref: { pattern: /^refs\/\S+$/, expected: 'a full ref, such as "refs/tags/v*"' },
  builder: {
    pattern: /^https:\/\/(?:github\.com|gitlab\.com)\/[^\s@]+$/,
    expected: 'the address of a reusable workflow without its ref'
  }
} as const

/** Reads `publishers` of a policy. */
export function readPublishers(reading: Reading, placed: Placed): readonly PublisherRule[] {
  return readList(reading, placed, MAX_RULES).flatMap((item) => readRule(reading, item) ?? [])
}

function readRule(reading: Reading, placed: Placed): PublisherRule | undefined {
  const fields = readMap(reading, placed, {
    packages: true,
    repository: true,
    workflow: false,
    ref: false,
    builder: false
  })
  const packages = fields.packages && readPackages(reading, fields.packages)
  const text = (name: Exclude<keyof typeof FORMS, 'packages'>): string | undefined => {
    const field = fields[name]
    return field && readForm(reading, field, { ...FORMS[name], most: MAX_CHARS })
  }
  const [repository, workflow, ref, builder] = [
    text('repository'),
    text('workflow'),
    text('ref'),
    text('builder')
  ]
  if (packages === undefined || repository === undefined) return undefined
  return {
    packages,
    repository,
    ...(workflow !== undefined && { workflow }),
    ...(ref !== undefined && { ref }),
    ...(builder !== undefined && { builder })
  }
}

function readPackages(reading: Reading, placed: Placed): readonly string[] | undefined {
  const list = readList(reading, placed, MAX_PACKAGES)
  if (placed.node.kind === 'list' && placed.node.items.length === 0) {
    return refuse(reading, placed, 'at least one package URL')
  }
  return list.flatMap(
    (item) => readForm(reading, item, { ...FORMS.packages, most: MAX_CHARS }) ?? []
  )
}
