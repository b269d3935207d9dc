import { parseYaml } from '../formats/yaml.ts'
import {
  type Placed,
  readEntries,
  type Reading,
  readList,
  readMap,
  readText,
  readWord,
  refuse
} from '../formats/yaml-grammar.ts'
import type { YamlFault, YamlNode } from '../formats/yaml-tree.ts'
import { InputError } from '../model/errors.ts'
import { SEVERITIES, type Severity } from '../model/finding.ts'
import { nearestOf } from '../model/nearest.ts'
import { DEFAULT_POLICY, type Policy, type PolicyWaiver } from '../model/policy.ts'
import { parsePathPattern } from './path-pattern.ts'
import { readPublishers } from './publishers-yaml.ts'
import { readVendor } from './vendor-yaml.ts'

/** Largest policy file, in bytes. */
export const MAX_POLICY_BYTES = 128 * 1024

/** Most faults that one message names. */
const MAX_FAULTS = 10

const MAX_WAIVERS = 1000
const MAX_PATTERNS = 1000
const MAX_REASON = 2000
const MAX_SUBJECT = 1000

const COSTS = [...SEVERITIES, 'ignore'] as const

/** What a policy may name. */
export interface PolicyVocabulary {
  /** Ids of all rules. */
  readonly rules: ReadonlySet<string>
  /** Ids of rules whose findings are about the policy itself: they cannot be waived. */
  readonly unwaivable: ReadonlySet<string>
  /** Ids of rules that are as they are: neither waived, nor given another severity. */
  readonly fixed: ReadonlySet<string>
}

/**
 * Parses `.github/assay.yml`. Everything that is wrong is said at once, each with its line.
 *
 * @param path how messages name the file
 * @throws InputError `POLICY_INVALID`
 * @see schema/policy-v1.schema.json
 */
export async function parsePolicy(
  text: string,
  path: string,
  vocabulary: PolicyVocabulary
): Promise<Omit<Policy, 'source'>> {
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) {
    throw invalid(path, [{ message: `it has more than ${MAX_POLICY_BYTES} bytes` }])
  }
  const root = await parseYaml(text)
  if (!('kind' in root)) throw invalid(path, root)
  const reading: Reading = { faults: [] }
  const policy = readPolicy(reading, root, vocabulary)
  if (reading.faults.length > 0) throw invalid(path, reading.faults)
  return policy
}

function invalid(path: string, faults: readonly YamlFault[]): InputError {
  const named = faults
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .slice(0, MAX_FAULTS)
    .map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`))
  const rest = faults.length - named.length
  return new InputError({
    code: 'POLICY_INVALID',
    message: `Cannot use policy "${path}": ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    remedy:
      'Correct these lines; `schema/policy-v1.schema.json` of Assay says what is allowed, also to an editor'
  })
}

function readPolicy(
  reading: Reading,
  node: YamlNode,
  vocabulary: PolicyVocabulary
): Omit<Policy, 'source'> {
  const file = readMap(reading, { name: '', node }, { apiVersion: true, kind: true, spec: true })
  if (file.apiVersion) readWord(reading, file.apiVersion, ['assay.dev/v1'])
  if (file.kind) readWord(reading, file.kind, ['Policy'])
  const spec = file.spec
    ? readMap(reading, file.spec, {
        'fail-on': false,
        outcomes: false,
        rules: false,
        waivers: false,
        exclude: false,
        publishers: false,
        vendor: false
      })
    : {}
  const failOn = spec['fail-on'] && readWord(reading, spec['fail-on'], [...SEVERITIES, 'none'])
  return {
    failOn: failOn ?? DEFAULT_POLICY.failOn,
    outcomes: {
      ...DEFAULT_POLICY.outcomes,
      ...(spec.outcomes && readOutcomes(reading, spec.outcomes))
    },
    rules: spec.rules ? readRules(reading, spec.rules, vocabulary) : {},
    waivers: spec.waivers ? readWaivers(reading, spec.waivers, vocabulary) : [],
    exclude: spec.exclude ? readPatterns(reading, spec.exclude) : [],
    publishers: spec.publishers ? readPublishers(reading, spec.publishers) : [],
    vendor: spec.vendor ? readVendor(reading, spec.vendor) : DEFAULT_POLICY.vendor
  }
}

function readOutcomes(reading: Reading, placed: Placed): Partial<Policy['outcomes']> {
  const { contradicted, absent, unavailable } = readMap(reading, placed, {
    contradicted: false,
    absent: false,
    unavailable: false
  })
  // What is proven wrong can be made less severe, never nothing.
  const severity = contradicted && readWord(reading, contradicted, SEVERITIES)
  const costs = Object.entries({ absent, unavailable }).flatMap(([outcome, cost]) => {
    const word = cost && readWord(reading, cost, COSTS)
    return word === undefined ? [] : [[outcome, word] as const]
  })
  return {
    ...(severity !== undefined && { contradicted: severity }),
    ...Object.fromEntries<Severity | 'ignore'>(costs)
  }
}

function readRules(
  reading: Reading,
  placed: Placed,
  vocabulary: PolicyVocabulary
): Policy['rules'] {
  const entries = readEntries(reading, placed).flatMap(({ key, line, value }) => {
    const known = isKnownRule(reading, { key, line }, vocabulary)
    const word = readWord(reading, { name: `${placed.name}.${key}`, node: value }, [
      ...SEVERITIES,
      'off'
    ])
    return known && word !== undefined ? [[key, word] as const] : []
  })
  return Object.fromEntries(entries)
}

function isKnownRule(
  { faults }: Reading,
  { key, line }: { readonly key: string; readonly line: number },
  { rules, fixed }: PolicyVocabulary
): boolean {
  if (fixed.has(key)) {
    const message = `rule ${JSON.stringify(key)} cannot be waived or changed: leave out of \`verify\` what need not be verified`
    faults.push({ line, message })
    return false
  }
  if (rules.has(key)) return true
  const nearest = nearestOf(key, rules)
  const hint = nearest === undefined ? 'docs/findings.md lists them' : `did you mean "${nearest}"?`
  faults.push({ line, message: `there is no rule ${JSON.stringify(key)}, ${hint}` })
  return false
}

function readWaivers(
  reading: Reading,
  placed: Placed,
  vocabulary: PolicyVocabulary
): readonly PolicyWaiver[] {
  return readList(reading, placed, MAX_WAIVERS).flatMap((item) => {
    const waiver = readWaiver(reading, item, vocabulary)
    return waiver ? [waiver] : []
  })
}

function readWaiver(
  reading: Reading,
  placed: Placed,
  vocabulary: PolicyVocabulary
): PolicyWaiver | undefined {
  const fields = readMap(reading, placed, {
    rule: true,
    subject: false,
    reason: true,
    expires: true
  })
  const rule =
    fields.rule &&
    readText(reading, fields.rule, { expected: 'the id of a rule', most: MAX_SUBJECT })
  if (rule !== undefined && fields.rule) {
    if (vocabulary.unwaivable.has(rule))
      refuse(reading, fields.rule, 'a rule that is not about the policy itself')
    else isKnownRule(reading, { key: rule, line: fields.rule.node.line }, vocabulary)
  }
  const subject =
    fields.subject &&
    readText(reading, fields.subject, {
      expected: 'the subject of a finding, such as "pkg:npm/left-pad@1.3.0"',
      most: MAX_SUBJECT
    })
  const reason =
    fields.reason &&
    readText(reading, fields.reason, { expected: 'why it is accepted', most: MAX_REASON })
  const expires = fields.expires && readDate(reading, fields.expires)
  if (rule === undefined || reason === undefined || expires === undefined) return undefined
  const { line } = placed.node
  return { rule, ...(subject !== undefined && { subject }), reason, expires, line }
}

/** A day that exists. */
function readDate(reading: Reading, placed: Placed): string | undefined {
  const { node } = placed
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  // The 30th of February becomes the second of March.
  const exists = time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
  return exists ? text : refuse(reading, placed, 'the last day it holds, such as 2027-01-31')
}

function readPatterns(reading: Reading, placed: Placed): readonly string[] {
  return readList(reading, placed, MAX_PATTERNS).flatMap((item) => {
    const { node } = item
    const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined
    if (text === undefined) {
      refuse(reading, item, 'a pattern of paths, such as "examples/"')
      return []
    }
    const pattern = parsePathPattern(text)
    if (typeof pattern !== 'string') return [text]
    const message = `"${item.name}" cannot be a pattern: ${JSON.stringify(text)} ${pattern}`
    reading.faults.push({ line: node.line, message })
    return []
  })
}
