import type { VerifySettings } from './model/settings.ts'
import { bool, integer, list, type Setting, text } from './setting.ts'
import type { Read } from './sign-settings.ts'

const GROUP = 'What is verified'

/** What to verify. */
export const VERIFY = list('verify', {
  on: 'runner',
  group: GROUP,
  value: '<subject>',
  repeatable: true,
  default: '',
  help: 'With `mode: verify`: what to verify, one image, file or bundle a line.'
})

const IDENTITY = list('identity', {
  on: 'both',
  group: GROUP,
  value: '<name>',
  repeatable: true,
  default: '',
  help: 'Who may have signed, one a line: the exact name in the certificate, such as `https://github.com/o/r/.github/workflows/release.yml@refs/heads/main`, or a pattern `/^…$/`.',
  flagHelp: 'Who may have signed: the exact name in the certificate, or a pattern /^…$/.'
})

const ISSUER = list('issuer', {
  on: 'both',
  group: GROUP,
  value: '<address>',
  repeatable: true,
  default: '',
  help: 'Who may have vouched for that name, such as `https://token.actions.githubusercontent.com`.'
})

const PUBLIC_KEY = list('public-key', {
  on: 'both',
  group: GROUP,
  value: '<file>',
  repeatable: true,
  default: '',
  help: 'File with a public key that may have signed instead, one a line.',
  flagHelp: 'File with a public key that may have signed instead.'
})

const SOURCE_REPOSITORY = text('source-repository', {
  on: 'both',
  group: GROUP,
  value: '<address>',
  default: '',
  help: 'Exact address of the repository that it was built from.'
})

const SOURCE_REF = text('source-ref', {
  on: 'both',
  group: GROUP,
  value: '<ref>',
  default: '',
  help: 'Exact ref that it was built from, such as `refs/heads/main`.'
})

const SOURCE_COMMIT = text('source-commit', {
  on: 'both',
  group: GROUP,
  value: '<hash>',
  default: '',
  help: 'Exact commit that it was built from.'
})

const WORKFLOW = text('workflow', {
  on: 'both',
  group: GROUP,
  value: '<address>',
  default: '',
  help: 'Exact workflow that was started, with its ref: `https://github.com/o/r/.github/workflows/release.yml@refs/heads/main`.',
  flagHelp: 'Exact workflow that was started, with its ref.'
})

const BUILDER = text('builder', {
  on: 'both',
  group: GROUP,
  value: '<address>',
  default: '',
  help: 'Exact workflow that signed, with its ref: the reusable one where there is one.'
})

const RUNNER_ENVIRONMENT = text('runner-environment', {
  on: 'both',
  group: GROUP,
  value: '<kind>',
  default: '',
  help: '`github-hosted` or `self-hosted`.'
})

const PREDICATE_TYPE = list('predicate-type', {
  on: 'both',
  group: GROUP,
  value: '<type>',
  repeatable: true,
  default: '',
  help: 'Types of statements that have to be there, one a line, such as `https://slsa.dev/provenance/v1`.',
  flagHelp: 'Type of a statement that has to be there.'
})

const MAX_AGE = integer('max-age', [0, 36_500], {
  on: 'both',
  group: GROUP,
  value: '<days>',
  default: '0',
  help: 'Most days since it was signed; 0 for any number.'
})

const SIGNERS = integer('signers', [1, 64], {
  on: 'both',
  group: GROUP,
  value: '<number>',
  default: '1',
  help: 'How many different accepted signers there have to be.'
})

const RECURSIVE = bool('recursive', {
  on: 'both',
  group: GROUP,
  default: 'true',
  flagHelp: 'Do not verify the image of every platform of an index.',
  help: 'Verify the image of every platform of an index too.'
})

/** Everything about `mode: verify`. */
export const VERIFY_SETTINGS: readonly Setting[] = [
  VERIFY,
  IDENTITY,
  ISSUER,
  PUBLIC_KEY,
  SOURCE_REPOSITORY,
  SOURCE_REF,
  SOURCE_COMMIT,
  WORKFLOW,
  BUILDER,
  RUNNER_ENVIRONMENT,
  PREDICATE_TYPE,
  MAX_AGE,
  SIGNERS,
  RECURSIVE
]

/** What was said about verifying. */
export function verifySettingsOf(read: Read): VerifySettings {
  const facts = {
    repository: read(SOURCE_REPOSITORY),
    ref: read(SOURCE_REF),
    commit: read(SOURCE_COMMIT),
    workflow: read(WORKFLOW),
    builder: read(BUILDER),
    runner: read(RUNNER_ENVIRONMENT)
  }
  return {
    subjects: read(VERIFY),
    identities: read(IDENTITY),
    issuers: read(ISSUER),
    publicKeys: read(PUBLIC_KEY),
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
    predicateTypes: read(PREDICATE_TYPE),
    maxAgeDays: read(MAX_AGE),
    signers: read(SIGNERS),
    recursive: read(RECURSIVE)
  }
}
