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

/** Go's public checksum database: name and verifier key. @see https://go.dev/ref/mod#checksum-database */
export const DEFAULT_GO_CHECKSUM_DATABASE =
  'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
