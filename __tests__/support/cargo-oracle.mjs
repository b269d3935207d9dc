/**
 * Writes what Cargo itself says of a project, for the tests to compare with: all packages of the lock with
 * their edges (`cargo metadata --all-features`), and which of them a plain build and a build with all
 * features need (`cargo tree`). Needs Cargo and its registry; tests need only the file.
 *
 *     node __tests__/support/cargo-oracle.mjs <project> <output.json> [<text>=<replacement> …]
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const [project, output, ...replacements] = process.argv.slice(2)

function cargo(...args) {
  return execFileSync('cargo', args, { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 29 })
}

const metadata = JSON.parse(
  cargo('metadata', '--format-version', '1', '--all-features', '--locked')
)
const packages = new Map(metadata.packages.map((one) => [one.id, one]))
const nameOf = (id) => {
  const { name, version, source } = packages.get(id)
  return `${name} ${version}${source === null ? '' : ` (${source})`}`
}
const sorted = (texts) => [...new Set(texts)].sort()

/** `name v1.0.0 (proc-macro) (/path)`, one a line. */
function needed(...features) {
  const options = ['--workspace', '--target', 'all', '--prefix', 'none', '--locked']
  const lines = cargo('tree', ...options, '-e', 'normal,build', ...features).split('\n')
  return sorted(
    lines
      .map((line) => /^(\S+) v(\S+)/.exec(line))
      .filter((match) => match !== null)
      .map(([, name, version]) => `${name} ${version}`)
  )
}

const text = JSON.stringify(
  {
    members: sorted(metadata.workspace_members.map(nameOf)),
    packages: Object.fromEntries(
      metadata.resolve.nodes
        .map(({ id, deps }) => [nameOf(id), sorted(deps.map(({ pkg }) => nameOf(pkg)))])
        .sort(([a], [b]) => (a < b ? -1 : 1))
    ),
    plainBuild: needed(),
    allFeatures: needed('--all-features')
  },
  null,
  2
)
const rewritten = replacements
  .map((pair) => pair.split('='))
  .reduce((all, [from, to]) => all.replaceAll(from, to), text)
writeFileSync(output, `${rewritten}\n`)
