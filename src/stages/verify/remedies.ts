import type { Host } from '../../host/host.ts'
import type { Rule } from '../../model/finding.ts'
import type { Failure } from '../../policy/subject-policy.ts'
import { flagsFor } from './flags.ts'
import type { PartResult, SubjectResult } from './result.ts'
import * as rules from './rules.ts'

const FOREIGN =
  'When it was signed with a Sigstore deployment of its own, give the trusted root of that as `trusted-root` (`--trusted-root <file>`).'

const KEY =
  'Do not use it, unless you know whose key it is: then give its file as `public-key` (`--public-key <file>`).'

const PLATFORM =
  'The index itself is verified. Ask for signatures of every platform (`cosign sign --recursive`), or let the one of the index count for all: `recursive: false` (`--no-recursive`).'

const STATEMENT =
  'Ask for these statements by their types when they are what you want: `predicate-type` (`--predicate-type <type>`). They are no signature.'

/** The rule of a part that failed, with the next step of exactly this failure. */
export function ruleOf(host: Pick<Host, 'env'>, result: SubjectResult, part: PartResult): Rule {
  const { failure } = part.assessment
  if (failure === undefined) throw new Error('Asked for the rule of what did not fail')
  const { kind, unknownAuthority } = failure
  if (part.blind.length > 0 && kind !== 'refused') {
    return withRemedy(
      rules.UNAVAILABLE,
      part.blind.find(({ remedy }) => remedy !== undefined)?.remedy
    )
  }
  if (unknownAuthority === true) return withRemedy(rules.UNAVAILABLE, FOREIGN)
  const rule = { unsigned: rules.UNSIGNED, refused: rules.REFUSED, missing: rules.MISSING }[kind]
  const isPart = part !== result.parts[0]
  const isOfIndex = isPart && result.parts[0]?.assessment.failure === undefined
  return withRemedy(rule, isOfIndex && kind === 'unsigned' ? PLATFORM : remedyOf(host, failure))
}

function withRemedy(rule: Rule, remedy: string | undefined): Rule {
  return remedy === undefined ? rule : { ...rule, remedy }
}

function remedyOf(host: Pick<Host, 'env'>, { check, kind, signer }: Failure): string | undefined {
  if (check === 'public key') return KEY
  if (check === 'certificate') return FOREIGN
  if (check === 'signature' && kind === 'missing') return STATEMENT
  const flags = signer && /^(?:identity|issuer)$/.test(check) ? flagsFor(host, signer) : undefined
  return flags === undefined
    ? undefined
    : `Do not use it. Only if you know that this is who should have signed, ask for ${flags}`
}
