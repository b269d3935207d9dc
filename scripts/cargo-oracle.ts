/**
 * Writes what Cargo itself says of a project, for tests to compare with: all packages of the lock with
 * their edges (`cargo metadata --all-features`), and which of them a plain build and a build with all
 * features need (`cargo tree`). Needs Cargo and its registry; the tests need only the file.
 *
 * Usage: node scripts/cargo-oracle.ts <project> <output.json> [<text>=<replacement> …]
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

interface Metadata {
  readonly packages: readonly {
    readonly id: string
    readonly name: string
    readonly version: string
    readonly source: string | null
  }[]
  readonly workspace_members: readonly string[]
  readonly resolve: {
    readonly nodes: readonly {
      readonly id: string
      readonly deps: readonly { readonly pkg: string }[]
    }[]
  }
}

function main(): void {
  const [project = '.', output = 'cargo.json', ...replacements] = process.argv.slice(2)
  const cargo = (...args: string[]): string =>
    execFileSync('cargo', args, { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 29 })
  const asked = ['metadata', '--format-version', '1', '--all-features', '--locked']
  const metadata = JSON.parse(cargo(...asked)) as Metadata
  const names = new Map(
    metadata.packages.map(({ id, name, version, source }) => [
      id,
      `${name} ${version}${source === null ? '' : ` (${source})`}`
    ])
  )
  const namesOf = (ids: readonly string[]): string[] =>
    [...new Set(ids.map((id) => names.get(id) ?? id))].toSorted()
  const needed = (...features: string[]): string[] => {
    const options = ['--workspace', '--target', 'all', '--prefix', 'none', '--locked']
    return packagesIn(cargo('tree', ...options, '-e', 'normal,build', ...features))
  }
  const nodes = metadata.resolve.nodes.map(
    ({ id, deps }) => [names.get(id) ?? id, namesOf(deps.map(({ pkg }) => pkg))] as const
  )
  const found = {
    members: namesOf(metadata.workspace_members),
    packages: Object.fromEntries(nodes.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    plainBuild: needed(),
    allFeatures: needed('--all-features')
  }
  const text = replacements
    .map((pair) => pair.split('='))
    .reduce((all, [from = '', to = '']) => all.replaceAll(from, to), JSON.stringify(found, null, 2))
  writeFileSync(output, `${text}\n`)
}

/** Lines such as `itoa v1.0.0 (/path) (*)`. */
function packagesIn(tree: string): string[] {
  const found = tree.split('\n').flatMap((line) => {
    const [, name, version] = /^(\S+) v(\S+)/.exec(line) ?? []
    return name === undefined || version === undefined ? [] : [`${name} ${version}`]
  })
  return [...new Set(found)].toSorted()
}

main()
