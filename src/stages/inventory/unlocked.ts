import { parseJson } from '../../formats/json.ts'
import { arrayField, isTable, tableField } from '../../formats/plain-data.ts'
import { parseToml } from '../../formats/toml.ts'
import { type Finding, findingOf, type Rule } from '../../model/finding.ts'
import { isFixture } from './fixtures.ts'
import { baseName, type Tree } from './lockfiles.ts'
import { MISSING_LOCKFILE, UNSUPPORTED } from './rules.ts'

/** Most findings of one rule; the last one counts the others. */
const MAX_FINDINGS = 50

/** Lockfiles of package managers by name, whether or not Assay reads them. */
const LOCKFILES: ReadonlyMap<string, string> = new Map([
  ['.terraform.lock.hcl', 'Terraform'],
  ['Cartfile.resolved', 'Carthage'],
  ['Cargo.lock', 'Cargo'],
  ['Chart.lock', 'Helm'],
  ['Gemfile.lock', 'Bundler'],
  ['MODULE.bazel.lock', 'Bazel'],
  ['Package.resolved', 'Swift'],
  ['Pipfile.lock', 'Pipenv'],
  ['Podfile.lock', 'CocoaPods'],
  ['buf.lock', 'Buf'],
  ['bun.lock', 'Bun'],
  ['bun.lockb', 'Bun'],
  ['cabal.project.freeze', 'Cabal'],
  ['composer.lock', 'Composer'],
  ['conan.lock', 'Conan'],
  ['conda-lock.yml', 'conda'],
  ['deno.lock', 'Deno'],
  ['flake.lock', 'Nix'],
  ['gems.locked', 'Bundler'],
  ['gradle.lockfile', 'Gradle'],
  ['mix.lock', 'Mix'],
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['packages.lock.json', 'NuGet'],
  ['paket.lock', 'Paket'],
  ['pdm.lock', 'PDM'],
  ['pixi.lock', 'Pixi'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['poetry.lock', 'Poetry'],
  ['pubspec.lock', 'pub'],
  ['pylock.toml', 'Python'],
  ['rebar.lock', 'Rebar'],
  ['renv.lock', 'renv'],
  ['shard.lock', 'Shards'],
  ['stack.yaml.lock', 'Stack'],
  ['uv.lock', 'uv'],
  ['yarn.lock', 'Yarn']
])

/** What asks for dependencies, and what may lock them: in the same folder or in one above. */
interface Manifest {
  readonly name: string
  readonly locks: RegExp
  /** Whether it asks for anything. */
  asks(text: string, path: string): boolean
}

const HELP = { code: 'CONFIG_SYNTAX', remedy: '' } as const

const PYTHON_LOCKS =
  /^(?:(?:poetry|uv|pdm|pixi|Pipfile)\.lock|pylock(?:\..+)?\.toml|conda-lock\.yml|requirements.*\.txt)$/

const MANIFESTS: readonly Manifest[] = [
  {
    name: 'package.json',
    locks:
      /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock)$/,
    asks(text, path) {
      const manifest = parseJson({ path, text }, HELP)
      return ['dependencies', 'devDependencies', 'optionalDependencies'].some((kind) =>
        hasKeys(tableField(manifest, kind))
      )
    }
  },
  {
    name: 'pyproject.toml',
    locks: PYTHON_LOCKS,
    asks(text, path) {
      const { value } = parseToml({ path, text }, HELP)
      const poetry = tableField(tableField(value, 'tool'), 'poetry')
      const { python: _python, ...wanted } = tableField(poetry, 'dependencies')
      return arrayField(tableField(value, 'project'), 'dependencies').length > 0 || hasKeys(wanted)
    }
  },
  { name: 'Pipfile', locks: PYTHON_LOCKS, asks: (text) => /^\[(?:dev-)?packages\]/m.test(text) },
  {
    name: 'Cargo.toml',
    locks: /^Cargo\.lock$/,
    asks(text, path) {
      const { value } = parseToml({ path, text }, HELP)
      return ['dependencies', 'dev-dependencies', 'build-dependencies', 'workspace'].some((kind) =>
        hasKeys(tableField(value, kind))
      )
    }
  },
  {
    name: 'go.mod',
    locks: /^go(?:\.work)?\.sum$/,
    asks: (text) => /^require[ \t(]/m.test(text)
  }
]

function hasKeys(table: unknown): boolean {
  return isTable(table) && Object.keys(table).length > 0
}

/** Finds what nobody checks: dependencies without a lock, and locks that Assay does not read. */
export function unlockedFindings(tree: Tree): readonly Finding[] {
  const paths = tree.paths.filter((path) => !isFixture(path))
  return [
    ...bounded(MISSING_LOCKFILE, [...manifestsWithoutLock({ ...tree, paths })]),
    ...bounded(UNSUPPORTED, [...unsupportedLocks({ ...tree, paths })])
  ]
}

interface Seen {
  readonly path: string
  readonly message: string
}

function* unsupportedLocks({ paths, ecosystems }: Tree): Generator<Seen> {
  for (const path of paths) {
    const name = baseName(path)
    const manager = LOCKFILES.get(name)
    if (manager === undefined || ecosystems.some((ecosystem) => ecosystem.recognises(name)))
      continue
    yield {
      path,
      message: `"${path}" locks dependencies for ${manager}, which Assay does not read`
    }
  }
}

function* manifestsWithoutLock({ paths, read }: Tree): Generator<Seen> {
  for (const manifest of MANIFESTS) {
    const locked = new Set(
      paths.filter((path) => manifest.locks.test(baseName(path))).map(folderOf)
    )
    for (const path of paths) {
      if (
        baseName(path) !== manifest.name ||
        foldersAbove(path).some((above) => locked.has(above))
      ) {
        continue
      }
      if (asksFor(manifest, path, read)) {
        yield { path, message: `"${path}" asks for dependencies, and no lockfile pins them` }
      }
    }
  }
}

/** A manifest that cannot be read is its package manager's matter. */
function asksFor({ asks }: Manifest, path: string, read: Tree['read']): boolean {
  try {
    return asks(read(path)?.text ?? '', path)
  } catch {
    return false
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** The folder it lies in, and all above it; the last is the checkout itself. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = []
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder)
  return [...folders, '']
}

/** One finding per path, but no more than a person reads. */
function bounded(rule: Rule, seen: readonly Seen[]): readonly Finding[] {
  const rest = seen.length - MAX_FINDINGS
  const findings = seen
    .slice(0, MAX_FINDINGS)
    .map(({ path, message }) => findingOf(rule, { subject: path, message, locations: [{ path }] }))
  if (rest <= 0) return findings
  return [
    ...findings,
    findingOf(rule, { subject: '.', message: `The same holds for ${rest} more files` })
  ]
}
