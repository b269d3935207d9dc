/**
 * Where an ecosystem's packages come from when nobody says otherwise. The only place in Assay that
 * knows these addresses; configuration of the project or the machine overrides each.
 */
export const DEFAULT_REGISTRIES = {
  npm: 'https://registry.npmjs.org/',
  PyPI: 'https://pypi.org/simple/',
  'crates.io': 'sparse+https://index.crates.io/',
  Go: 'https://proxy.golang.org'
} as const

/** Hosts that stand for Python's public index in lockfiles: its own, and the one that it had before 2018. */
export const PYPI_HOSTS: readonly string[] = ['pypi.org', 'pypi.python.org']

/**
 * Environment variables that a checkout's own `.npmrc` may have sent to a public npm registry, by the
 * registry's address without its scheme: what people commit. Everything else has to be named by the
 * machine's configuration.
 */
export const NPM_TOKEN_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  '//registry.npmjs.org/': ['NPM_TOKEN', 'NPM_AUTH_TOKEN', 'NODE_AUTH_TOKEN'],
  '//npm.pkg.github.com/': ['GITHUB_TOKEN', 'GH_TOKEN', 'NODE_AUTH_TOKEN']
}

/** Go's public checksum database: name and verifier key. @see https://go.dev/ref/mod#checksum-database */
export const DEFAULT_GO_CHECKSUM_DATABASE =
  'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'

/** How Cargo names crates.io: the git form of its index, which every lock has and nobody needs to clone. */
export const CRATES_IO_GIT_INDEX = 'https://github.com/rust-lang/crates.io-index'

/** Other places of the same database, by the names that GOSUMDB knows them by. */
export const GO_CHECKSUM_DATABASE_ALIASES: ReadonlyMap<string, string> = new Map([
  ['sum.golang.google.cn', 'sum.golang.org https://sum.golang.google.cn']
])

/**
 * Path of the public npm registry's keys in Sigstore's TUF repository.
 *
 * @see https://github.com/sigstore/root-signing/tree/main/targets
 */
export const NPM_KEYS_TARGET = 'registry.npmjs.org/keys.json'

/** Type of PyPI's publish attestations. @see https://docs.pypi.org/attestations/publish/v1/ */
export const PYPI_PUBLISH_PREDICATE = 'https://docs.pypi.org/attestations/publish/v1'

/** Name of the public-good instance's trusted root in Sigstore's TUF repository. */
export const TRUSTED_ROOT_TARGET = 'trusted_root.json'

/** What `alpine` and `docker.io/library/alpine` mean. @see https://github.com/distribution/reference */
export const SHORT_IMAGE_NAMES = {
  registry: 'docker.io',
  aliases: ['index.docker.io', 'registry-1.docker.io'],
  namespace: 'library'
} as const

/** Registries whose API is at another host than their name says. */
export const OCI_API_HOSTS: ReadonlyMap<string, string> = new Map([
  ['docker.io', 'registry-1.docker.io']
])

/** Keys under which Docker's configuration keeps the login of a registry, where it is not the name of it. */
export const DOCKER_CONFIG_KEYS: ReadonlyMap<string, string> = new Map([
  ['docker.io', 'https://index.docker.io/v1/']
])

/**
 * Names of the signing configurations in a deployment's TUF repository, by the version of the log that they ask for.
 *
 * @see https://github.com/sigstore/root-signing/tree/main/targets
 */
export const SIGNING_CONFIG_TARGETS = {
  usual: 'signing_config.v0.2.json',
  rekorV2: 'signing_config_rekor_v2.v0.2.json'
} as const

/** Where the public-good instance is, for when its own signing configuration cannot be had. */
export const PUBLIC_SIGSTORE = {
  fulcio: 'https://fulcio.sigstore.dev',
  rekorV1: 'https://rekor.sigstore.dev',
  rekorV2: 'https://log2025-1.rekor.sigstore.dev',
  timestamp: 'https://timestamp.sigstore.dev/api/v1/timestamp'
} as const

/** Domains of the public-good instance and of its rehearsal: what enters their logs is for everybody to read. */
export const PUBLIC_SIGSTORE_DOMAINS: readonly string[] = ['sigstore.dev', 'sigstage.dev']

/** Where the REST API of a server of GitHub's is, by the server's origin. */
export const GITHUB_APIS: ReadonlyMap<string, string> = new Map([
  ['https://github.com', 'https://api.github.com']
])
