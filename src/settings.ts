import { resolve } from 'node:path'
import { InputError } from './model/errors.ts'
import { SEVERITIES } from './model/finding.ts'
import { DEFAULT_POLICY_PATH } from './model/policy.ts'
import { INTEGRITY_MODES, type Mode, MODES, type Settings } from './model/settings.ts'
import {
  artifactName,
  bool,
  choice,
  integer,
  list,
  type Setting,
  text,
  webAddress
} from './setting.ts'
import {
  SIGN_SETTINGS,
  signSettingsOf,
  SIGSTORE_SETTINGS,
  sigstoreSettingsOf
} from './sign-settings.ts'
import { stagesOf } from './stages/index.ts'
import { VERIFY_SETTINGS, verifySettingsOf } from './verify-settings.ts'

/** What was said, by setting: as text, with where it was said for messages. Absent: the default. */
export interface Given {
  readonly text: string
  /** `input "integrity"`, `flag "--integrity"`. */
  readonly place: string
}

const STAGES = stagesOf('check')
const STAGE_IDS = STAGES.map((stage) => stage.id)
const OPTIONAL_STAGE_IDS = STAGES.filter((stage) => stage.essential !== true).map(({ id }) => id)
const FAIL_ON = [...SEVERITIES, 'none'] as const

export const PATH = text('path', {
  on: 'both',
  group: 'What is looked at',
  value: '<path>',
  default: '.',
  help: 'Folder of the checkout to look at, relative to the workspace.',
  flagHelp: 'Folder of the checkout to look at.'
})

export const MODE = choice('mode', MODES, {
  on: 'runner',
  group: 'What is done',
  value: '<mode>',
  default: 'check',
  help: '`check` looks at a checkout, and signs what is shipped; `verify` verifies what somebody else signed.'
})

const OUTPUT_FOLDER = text('output-folder', {
  flag: 'out',
  on: 'both',
  group: 'What comes out',
  value: '<folder>',
  default: '',
  terminalDefault: 'assay-report',
  flagHelp: 'Folder that the documents are written into.',
  help: "Folder that the documents are written into. Default on a runner: one of this step's own in the runner's temporary folder, so that the checkout stays as it is."
})

const CONFIG_FILE = text('config-file', {
  flag: 'config',
  on: 'both',
  group: 'What is looked at',
  value: '<file>',
  default: DEFAULT_POLICY_PATH,
  help: 'The policy file inside the checkout. On a pull request it is read from the base commit.'
})

const EXCLUDE = list('exclude', {
  on: 'both',
  group: 'What is looked at',
  value: '<glob>',
  repeatable: true,
  default: '',
  help: 'Paths of the checkout to leave out, one pattern a line, such as `examples/**`.',
  flagHelp: 'Paths of the checkout to leave out, such as examples/**.'
})

const VENDOR = list('vendor', {
  on: 'both',
  group: 'What is looked at',
  value: '<folder>',
  repeatable: true,
  default: '',
  help: 'Vendored folders to check, one folder or pattern a line, such as `third_party/*`; each must have a `vendor.lock.yaml`. Default: every folder that has one.',
  flagHelp: 'Vendored folders to check, such as third_party/*. Default: every one with a lock.'
})

const STAGES_WANTED = list('stages', {
  flag: 'stage',
  on: 'both',
  group: 'What is done',
  value: '<id>',
  repeatable: true,
  default: '',
  choices: STAGE_IDS,
  help: 'Ids of the only stages to run, such as `sbom`; what they need runs too. Default: all.'
})

const SKIP = list('skip', {
  on: 'both',
  group: 'What is done',
  value: '<id>',
  repeatable: true,
  default: '',
  choices: OPTIONAL_STAGE_IDS,
  help: 'Ids of stages to leave out, such as `integrity`.'
})

const OFFLINE = bool('offline', {
  on: 'both',
  group: 'What is done',
  default: 'false',
  help: 'Use no network. What would have been looked at is reported as unavailable.'
})

const INTEGRITY = choice('integrity', INTEGRITY_MODES, {
  on: 'both',
  group: 'What is done',
  value: '<mode>',
  default: 'auto',
  help: 'Which locked files are read and compared with what the registry serves: `platform` those that this platform installs, `all` every one, `changed` those that differ from the base commit; `auto` is `changed` on pull requests and `platform` elsewhere.'
})

const GO_CHECKSUM_DATABASE = bool('go-checksum-database', {
  on: 'both',
  group: 'What is done',
  default: 'true',
  flagHelp: "Do not compare Go modules with the checksum database's signed record.",
  help: "Check Go modules against the checksum database's signed record too."
})

const NPM_SIGNATURES_FROM = webAddress('npm-signatures-from', {
  on: 'both',
  group: 'What is done',
  value: '<address>',
  default: '',
  help: 'Registry that is asked for signatures of npm packages that the configured one, a mirror, does not serve. It learns the names of all packages that no scope has a registry for.',
  flagHelp: 'Registry to ask for signatures that the configured npm registry does not serve.'
})

const CONCURRENCY = integer('concurrency', [1, 64], {
  on: 'both',
  group: 'What is done',
  value: '<number>',
  default: '16',
  help: 'Most requests in flight at once, 1 to 64.'
})

const FAIL_ON_SEVERITY = choice('fail-on-severity', FAIL_ON, {
  flag: 'fail-on',
  on: 'both',
  group: 'What comes out',
  value: '<severity>',
  default: '',
  synonyms: { moderate: 'medium' }, // as dependency-review-action has it
  help: 'Findings at least this severe fail the run. Default: what the policy file says, else `high`.'
})

const UPLOAD_ARTIFACT = bool('upload-artifact', {
  on: 'runner',
  group: 'What comes out',
  default: 'true',
  help: 'Upload the documents as one workflow artifact.'
})

const ARTIFACT_NAME = artifactName('artifact-name', {
  on: 'runner',
  group: 'What comes out',
  value: '<name>',
  default: '',
  help: "Name of the artifact. Default: `assay-` and the job's id, with a number behind it where the run has that name already."
})

const RETENTION = integer('upload-artifact-retention', [0, 400], {
  on: 'runner',
  group: 'What comes out',
  value: '<days>',
  default: '0',
  help: "Days to keep the artifact, 1 to 400; 0 is the repository's own setting, which is also the most."
})

const IMAGES = list('images', {
  flag: 'image',
  on: 'both',
  group: 'What is looked at',
  value: '<reference>',
  repeatable: true,
  default: '',
  help: 'Container images to look at, one a line, such as `ghcr.io/o/app@sha256:…`; a tag is resolved once to its digest.',
  flagHelp: 'A container image to look at; a tag is resolved once to its digest.'
})

const REGISTRY_USERNAME = text('registry-username', {
  on: 'runner',
  group: 'What is looked at',
  value: '<name>',
  default: '',
  help: 'User name for the registry of the images. Default: what `docker login` and its like left on this machine.'
})

const REGISTRY_PASSWORD = text('registry-password', {
  on: 'runner',
  group: 'What is looked at',
  value: '<password>',
  default: '',
  help: 'Password or token for it.'
})

const PLAIN_HTTP_REGISTRIES = list('plain-http-registries', {
  flag: 'plain-http-registry',
  on: 'both',
  group: 'What is looked at',
  value: '<host>',
  repeatable: true,
  default: '',
  help: 'Registries to speak to without TLS, one a line, such as `registry.local:5000`; those on this machine always are.',
  flagHelp: 'A registry to speak to without TLS; those on this machine always are.'
})

const GITHUB_TOKEN = text('github-token', {
  on: 'runner',
  group: 'What is looked at',
  value: '<token>',
  default: '${{ github.token }}',
  help: "Token for GitHub's REST API, to read the base commit of a pull request where git cannot. Needs `contents: read`."
})

/** Everything that a run can be told. action.yml and `--help` are held to it. */
export const SETTINGS: readonly Setting[] = [
  PATH,
  MODE,
  CONFIG_FILE,
  EXCLUDE,
  IMAGES,
  REGISTRY_USERNAME,
  REGISTRY_PASSWORD,
  PLAIN_HTTP_REGISTRIES,
  VENDOR,
  GITHUB_TOKEN,
  STAGES_WANTED,
  SKIP,
  INTEGRITY,
  GO_CHECKSUM_DATABASE,
  NPM_SIGNATURES_FROM,
  OFFLINE,
  CONCURRENCY,
  ...SIGN_SETTINGS,
  ...SIGSTORE_SETTINGS,
  ...VERIFY_SETTINGS,
  FAIL_ON_SEVERITY,
  OUTPUT_FOLDER,
  UPLOAD_ARTIFACT,
  ARTIFACT_NAME,
  RETENTION
]

/** Where the run is, for what depends on it. */
export interface Surroundings {
  /** Relative paths are relative to this. */
  readonly folder: string
  /** Folder for the documents, should nobody name one. */
  readonly out: string
  readonly uploadArtifact: boolean
  readonly githubToken?: string
  /** PEM of a private key, and its password, as cosign's own variables have them. */
  readonly signingKey?: string
  readonly signingKeyPassword?: string
}

/**
 * Checks all that was said, and makes the run's settings of it.
 *
 * @throws InputError `INPUT_INVALID` or `INPUT_CONFLICT`
 */
export function settingsOf(given: ReadonlyMap<string, Given>, around: Surroundings): Settings {
  const read = <Value>(setting: Setting<Value>): Value => {
    const { text: said, place } = given.get(setting.name) ?? { text: setting.default, place: '' }
    return setting.parse(said, place)
  }
  const githubToken = given.has(GITHUB_TOKEN.name) ? read(GITHUB_TOKEN) : around.githubToken
  const failOn = given.has(FAIL_ON_SEVERITY.name) ? read(FAIL_ON_SEVERITY) : undefined
  const login = loginOf(read(REGISTRY_USERNAME), read(REGISTRY_PASSWORD))
  const npmSignaturesFrom = read(NPM_SIGNATURES_FROM)
  const artifact = read(ARTIFACT_NAME)
  const retention = read(RETENTION)
  const stages = read(STAGES_WANTED)
  const skip = read(SKIP)
  assertNoConflict(stages, skip)
  const verify = verifySettingsOf(read)
  assertMode(read(MODE), verify.subjects)
  const { signingKey, signingKeyPassword } = around
  return Object.freeze({
    mode: read(MODE),
    path: resolve(around.folder, read(PATH)),
    out: resolve(around.folder, read(OUTPUT_FOLDER) || around.out),
    config: read(CONFIG_FILE),
    stages,
    skip,
    offline: read(OFFLINE),
    integrity: read(INTEGRITY),
    goChecksumDatabase: read(GO_CHECKSUM_DATABASE),
    concurrency: read(CONCURRENCY),
    exclude: read(EXCLUDE),
    images: read(IMAGES),
    plainHttpRegistries: read(PLAIN_HTTP_REGISTRIES),
    ...login,
    vendor: read(VENDOR),
    sign: signSettingsOf(read, {
      ...(signingKey !== undefined && { key: signingKey }),
      ...(signingKeyPassword !== undefined && { keyPassword: signingKeyPassword })
    }),
    sigstore: sigstoreSettingsOf(read),
    verify,
    uploadArtifact: around.uploadArtifact && read(UPLOAD_ARTIFACT),
    ...(npmSignaturesFrom !== '' && { npmSignaturesFrom }),
    ...(failOn && { failOn }),
    ...(artifact !== '' && { artifactName: artifact }),
    ...(retention > 0 && { artifactRetentionDays: retention }),
    ...(githubToken !== undefined && githubToken !== '' && { githubToken })
  })
}

function loginOf(
  registryUsername: string,
  registryPassword: string
): Pick<Settings, 'registryUsername' | 'registryPassword'> {
  if (registryUsername === '' && registryPassword === '') return {}
  if (registryUsername !== '' && registryPassword !== '') {
    return { registryUsername, registryPassword }
  }
  throw new InputError({
    code: 'INPUT_CONFLICT',
    message: 'Cannot log in with only one of `registry-username` and `registry-password`',
    remedy: 'Give both, or none to use what `docker login` left on this machine'
  })
}

/** Subjects of another mode would be passed over in silence. */
function assertMode(mode: Mode, subjects: readonly string[]): void {
  if (mode === 'verify' || subjects.length === 0) return
  throw new InputError({
    code: 'INPUT_CONFLICT',
    message: `Cannot verify what \`verify\` names with \`mode: ${mode}\``,
    remedy: 'Write `mode: verify`, or leave `verify` out'
  })
}

function assertNoConflict(stages: readonly string[], skip: readonly string[]): void {
  const both = stages.find((id) => skip.includes(id))
  if (both === undefined) return
  throw new InputError({
    code: 'INPUT_CONFLICT',
    message: `Cannot both run and skip the stage "${both}"`,
    remedy: 'Name it in one of the two'
  })
}
