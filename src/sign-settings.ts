import {
  REKOR_VERSIONS,
  SIGN_MODES,
  SIGNATURE_FORMS,
  type SignSettings,
  type SigstoreSettings,
  STATEMENTS
} from './model/settings.ts'
import { bool, choice, integer, list, type Setting, text, webAddress } from './setting.ts'

const GROUP = 'What is signed'

const SIGN = choice('sign', SIGN_MODES, {
  on: 'both',
  group: GROUP,
  value: '<with>',
  default: 'auto',
  help: 'With what images and files are signed: `keyless` with the identity of this workflow, which needs `id-token: write`; `key` with `signing-key`; `auto` with the key where one is given, else keyless where the job may; `off` not at all.'
})

const SIGN_ON = choice('sign-on', ['pass', 'always'] as const, {
  on: 'both',
  group: GROUP,
  value: '<verdict>',
  default: 'pass',
  help: 'Sign only when the verdict passes, or `always`.'
})

const SUBJECT_PATH = list('subject-path', {
  on: 'both',
  group: GROUP,
  value: '<glob>',
  repeatable: true,
  default: '',
  help: 'Files of the checkout to sign, one pattern a line from its root, such as `dist/*`; `**` for any folders, `!` in front leaves out.',
  flagHelp: 'Files of the checkout to sign, such as dist/*.'
})

const SUBJECT_CHECKSUMS = text('subject-checksums', {
  on: 'both',
  group: GROUP,
  value: '<file>',
  default: '',
  help: 'File of the checkout with the digests of files to attest, as `sha256sum` writes it.'
})

const ATTEST = list('attest', {
  on: 'both',
  group: GROUP,
  value: '<statement>',
  repeatable: true,
  default: 'spdx, cyclonedx, provenance, verdict',
  choices: STATEMENTS,
  help: 'What is stated about every image and file, besides its signature.'
})

const SIGNATURE_FORM = list('signature-forms', {
  flag: 'signature-form',
  on: 'both',
  group: GROUP,
  value: '<form>',
  repeatable: true,
  default: 'referrer, file',
  choices: SIGNATURE_FORMS,
  help: "Where signatures go: `referrer` beside the image in its registry, `legacy` into the tags that cosign 2 reads, `github` to GitHub's attestations API (needs `attestations: write`), `file` as `*.sigstore.json` among the documents."
})

const PROMOTE_TO = list('promote-to', {
  on: 'both',
  group: GROUP,
  value: '<reference>',
  repeatable: true,
  default: '',
  help: 'Where a signed image is copied to with all its signatures before the tag is set, one `registry/repository:tag` a line; with several images `image=registry/repository:tag`.',
  flagHelp: 'Where a signed image is copied to with all its signatures, then tagged.'
})

const PUBLISH_PRIVATE_NAMES = bool('publish-private-names', {
  on: 'both',
  group: GROUP,
  default: 'false',
  help: 'Let the name of a private repository, its workflow and its commit enter a public log.'
})

const SIGNING_KEY = text('signing-key', {
  on: 'runner',
  group: GROUP,
  value: '<pem>',
  default: '',
  help: 'Private key to sign with: of `cosign generate-key-pair`, or PKCS #8. Default: the variable `COSIGN_PRIVATE_KEY`.'
})

const SIGNING_KEY_PASSWORD = text('signing-key-password', {
  on: 'runner',
  group: GROUP,
  value: '<password>',
  default: '',
  help: 'Password of that key. Default: the variable `COSIGN_PASSWORD`.'
})

const MINISIGN_KEY = text('minisign-key', {
  on: 'runner',
  group: GROUP,
  value: '<text>',
  default: '',
  help: 'Secret key of minisign; every file gets a `.minisig` with it too.'
})

const MINISIGN_KEY_PASSWORD = text('minisign-key-password', {
  on: 'runner',
  group: GROUP,
  value: '<password>',
  default: '',
  help: 'Password of that key.'
})

const SIGSTORE = 'Which Sigstore'

const REKOR_VERSION = choice('rekor-version', REKOR_VERSIONS, {
  on: 'both',
  group: SIGSTORE,
  value: '<version>',
  default: 'auto',
  help: "Version of the log that signatures enter; `none` leaves a timestamp alone. `auto` is what the instance's signing configuration says."
})

const TRUSTED_ROOT = text('trusted-root', {
  on: 'both',
  group: SIGSTORE,
  value: '<file>',
  default: '',
  help: "File of the checkout with the trusted root of a private deployment. Default: the public-good instance's."
})

const SIGNING_CONFIG = text('signing-config', {
  on: 'both',
  group: SIGSTORE,
  value: '<file>',
  default: '',
  help: 'File of the checkout with the signing configuration of a private deployment.'
})

const TUF_URL = webAddress('tuf-url', {
  on: 'both',
  group: SIGSTORE,
  value: '<address>',
  default: '',
  help: 'TUF repository of a private deployment that has both; needs `tuf-root`.'
})

const TUF_ROOT = text('tuf-root', {
  on: 'both',
  group: SIGSTORE,
  value: '<file>',
  default: '',
  help: 'File of the checkout with the root metadata of that repository.'
})

const OIDC_ISSUER = webAddress('oidc-issuer', {
  on: 'runner',
  group: SIGSTORE,
  value: '<address>',
  default: 'https://token.actions.githubusercontent.com',
  help: "Who issues this runner's tokens; another one on GitHub Enterprise."
})

const SIGNING_PATIENCE = integer('signing-patience', [0, 3600], {
  on: 'both',
  group: SIGSTORE,
  value: '<seconds>',
  default: '300',
  help: 'How many seconds outages of the services that sign are waited for, over the whole run.'
})

/** Everything about signing. */
export const SIGN_SETTINGS: readonly Setting[] = [
  SIGN,
  SIGN_ON,
  SUBJECT_PATH,
  SUBJECT_CHECKSUMS,
  ATTEST,
  SIGNATURE_FORM,
  PROMOTE_TO,
  PUBLISH_PRIVATE_NAMES,
  SIGNING_KEY,
  SIGNING_KEY_PASSWORD,
  MINISIGN_KEY,
  MINISIGN_KEY_PASSWORD
]

/** Everything about the instance of Sigstore. */
export const SIGSTORE_SETTINGS: readonly Setting[] = [
  REKOR_VERSION,
  TRUSTED_ROOT,
  SIGNING_CONFIG,
  TUF_URL,
  TUF_ROOT,
  OIDC_ISSUER,
  SIGNING_PATIENCE
]

/** Reads one setting. */
export type Read = <Value>(setting: Setting<Value>) => Value

/** What was said about signing. */
export function signSettingsOf(
  read: Read,
  env: { readonly key?: string; readonly keyPassword?: string }
): SignSettings {
  const key = read(SIGNING_KEY) || env.key
  const password = read(SIGNING_KEY_PASSWORD) || env.keyPassword
  return {
    mode: read(SIGN),
    on: read(SIGN_ON),
    subjectPaths: read(SUBJECT_PATH),
    ...given('subjectChecksums', read(SUBJECT_CHECKSUMS)),
    statements: read(ATTEST) as SignSettings['statements'],
    forms: read(SIGNATURE_FORM) as SignSettings['forms'],
    promoteTo: read(PROMOTE_TO),
    publishPrivateNames: read(PUBLISH_PRIVATE_NAMES),
    ...given('key', key),
    ...given('keyPassword', password),
    ...given('minisignKey', read(MINISIGN_KEY)),
    ...given('minisignPassword', read(MINISIGN_KEY_PASSWORD))
  }
}

/** What was said about Sigstore. */
export function sigstoreSettingsOf(read: Read): SigstoreSettings {
  return {
    rekor: read(REKOR_VERSION),
    ...given('trustedRoot', read(TRUSTED_ROOT)),
    ...given('signingConfig', read(SIGNING_CONFIG)),
    ...given('tufUrl', read(TUF_URL)),
    ...given('tufRoot', read(TUF_ROOT)),
    oidcIssuer: read(OIDC_ISSUER),
    patienceSeconds: read(SIGNING_PATIENCE)
  }
}

/** Absent when it is empty. */
function given<Name extends string>(
  name: Name,
  value: string | undefined
): Partial<Record<Name, string>> {
  return value === undefined || value === '' ? {} : ({ [name]: value } as Record<Name, string>)
}
