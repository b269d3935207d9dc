import { InputError } from '../model/errors.ts'
import { plainText } from '../model/plain-text.ts'
import type { VerifySettings } from '../model/settings.ts'
import type { Signer } from '../model/signer.ts'
import { isPattern, type Pattern, patternOf } from './pattern.ts'

/** Whose signatures count. Everything that is given has to be met. */
export interface SignerDemands {
  readonly names: readonly DemandedName[]
  readonly issuers: readonly string[]
  /** Ids of public keys that may sign in the place of a name. */
  readonly keys: readonly string[]
  readonly facts: readonly DemandedFact[]
}

/** An exact name, or a pattern of names. */
interface DemandedName {
  readonly text: string
  readonly pattern?: Pattern
}

interface DemandedFact {
  /** What a refusal calls it. */
  readonly check: string
  /** The flag that it is asked for with. */
  readonly flag: string
  readonly expected: string
  of(signer: Signer): string | undefined
}

/** Why a signature does not count, although nothing about it is forged. */
export interface Refusal {
  /** `identity`, `issuer`, `source commit` */
  readonly check: string
  readonly expected: string
  readonly found: string
}

/** A signer as bundles show it. */
export interface Signed {
  readonly by: 'key' | 'certificate'
  readonly signer: Signer
}

type Facts = Pick<
  VerifySettings,
  'repository' | 'ref' | 'commit' | 'workflow' | 'builder' | 'runner'
>

const FACTS: readonly (Omit<DemandedFact, 'expected'> & { readonly name: keyof Facts })[] = [
  {
    name: 'repository',
    check: 'source repository',
    flag: 'source-repository',
    of: ({ repository }) => repository
  },
  { name: 'ref', check: 'source ref', flag: 'source-ref', of: ({ ref }) => ref },
  { name: 'commit', check: 'source commit', flag: 'source-commit', of: ({ commit }) => commit },
  { name: 'workflow', check: 'workflow', flag: 'workflow', of: ({ workflow }) => workflow },
  {
    name: 'builder',
    check: 'builder',
    flag: 'builder',
    of: ({ builder, workflow }) => builder ?? workflow
  },
  {
    name: 'runner',
    check: 'runner environment',
    flag: 'runner-environment',
    of: ({ runner }) => runner
  }
]

/** Names of people and workflows that nobody means: a pattern that takes one of them takes almost everybody. */
const STRANGERS = [
  'https://github.com/a-stranger/their-repository/.github/workflows/any.yml@refs/heads/main',
  'https://gitlab.com/a-stranger/their-repository//.gitlab-ci.yml@refs/heads/main',
  'a.stranger@example.com',
  'a.stranger@gmail.com'
]

/**
 * Reads who may sign.
 *
 * @param keys ids of the public keys that were given
 * @throws InputError `INPUT_INVALID` for a pattern that cannot be used, or takes almost everybody
 */
export function signerDemandsOf(settings: VerifySettings, keys: readonly string[]): SignerDemands {
  const facts = FACTS.flatMap(({ name, ...fact }) => {
    const expected = settings[name]
    return expected === undefined || expected === '' ? [] : [{ ...fact, expected }]
  })
  const names = settings.identities.map((text) => nameOf(text, facts))
  return { names, issuers: settings.issuers, keys, facts }
}

function nameOf(text: string, facts: readonly DemandedFact[]): DemandedName {
  if (!isPattern(text)) return { text }
  const pattern = patternOf(text)
  const shown = plainText(text)
  if ('fault' in pattern) {
    const message = `Cannot use the pattern "${shown}" of \`identity\`: ${pattern.fault}`
    throw new InputError({ code: 'INPUT_INVALID', message, remedy: pattern.remedy })
  }
  const isNarrowed = facts.some(({ flag }) => NARROWING.has(flag))
  const stranger = isNarrowed ? undefined : STRANGERS.find((name) => pattern.matches(name))
  if (stranger === undefined) return { text, pattern }
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use the pattern "${shown}" of \`identity\`: it takes almost anybody, such as "${stranger}"`,
    remedy:
      'Name the owner and the repository in it, or say which `source-repository` it has to be, too'
  })
}

/** What says by itself whose it is. */
const NARROWING: ReadonlySet<string> = new Set(['source-repository', 'workflow', 'builder'])

/**
 * What has to be said before anything can be accepted: nobody is trusted because nobody was named.
 *
 * @returns names of inputs; empty when enough was said
 */
export function missingDemands({ names, issuers, keys }: SignerDemands): readonly string[] {
  if (names.length === 0 && issuers.length === 0 && keys.length > 0) return []
  return [...(names.length === 0 ? ['identity'] : []), ...(issuers.length === 0 ? ['issuer'] : [])]
}

/**
 * Holds a signer to what is asked for. Everything is compared whole: a part of a name never counts.
 *
 * @returns the first check that it fails, and how many it passed before; nothing when it is accepted
 */
export function signerRefusal(
  demands: SignerDemands,
  signed: Signed
): (Refusal & { readonly passed: number }) | undefined {
  const checks = [
    ...(signed.by === 'key' ? [keyRefusal(demands, signed.signer)] : nameRefusals(demands, signed)),
    ...demands.facts.map((fact) => factRefusal(fact, signed))
  ]
  const failed = checks.findIndex((check) => check !== undefined)
  const refusal = checks[failed]
  return refusal && { ...refusal, passed: failed }
}

function keyRefusal({ keys, names }: SignerDemands, { identity }: Signer): Refusal | undefined {
  if (keys.some((id) => identity === `key ${id}`)) return undefined
  const expected = keys.length > 0 ? keys.map((id) => `key ${id}`) : names.map(({ text }) => text)
  return { check: 'public key', expected: listed(expected), found: quoted(identity) }
}

function nameRefusals(
  { names, issuers, keys }: SignerDemands,
  { signer }: Signed
): readonly (Refusal | undefined)[] {
  const { identity, issuer } = signer
  const isNamed = names.some(({ text, pattern }) =>
    pattern === undefined ? text === identity : pattern.matches(identity)
  )
  const wanted = [...names.map(({ text }) => text), ...keys.map((id) => `key ${id}`)]
  const isVouchedFor = issuer !== undefined && issuers.includes(issuer)
  return [
    isNamed ? undefined : { check: 'identity', expected: listed(wanted), found: quoted(identity) },
    isVouchedFor
      ? undefined
      : { check: 'issuer', expected: listed(issuers), found: foundText(issuer) }
  ]
}

function factRefusal(
  { check, expected, of }: DemandedFact,
  { by, signer }: Signed
): Refusal | undefined {
  const found = of(signer)
  if (found === expected) return undefined
  return {
    check,
    expected: quoted(expected),
    found: by === 'key' ? 'a key, which does not say so' : foundText(found)
  }
}

function foundText(value: string | undefined): string {
  return value === undefined ? 'nothing' : quoted(value)
}

function quoted(text: string): string {
  return `"${plainText(text)}"`
}

/** `"a"`, `"a" or "b"`; never an empty text. */
function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.map(quoted).join(' or ')
}
