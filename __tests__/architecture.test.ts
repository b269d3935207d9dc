import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const SRC = join(import.meta.dirname, '../src')

/** Folder of src -> folders it may import from. `.` is src itself: the entries, run.ts and settings.ts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  formats: ['model'],
  policy: ['model', 'formats'],
  host: ['model'],
  ecosystems: ['formats', 'model'],
  reports: ['formats', 'model'],
  services: ['formats', 'model', 'host'],
  stages: ['ecosystems', 'services', 'policy', 'formats', 'model', 'host'],
  '.': ['model', 'host', 'policy', 'reports', 'stages']
}

/** Folders whose modules do not know each other, and the modules of theirs that all may know. */
const NO_SIDEWAYS: Readonly<Record<string, readonly string[]>> = {
  ecosystems: ['ecosystem'],
  services: [
    'registry',
    'registry-login',
    'registry-defaults',
    'base-files',
    'bundle-signer',
    'signature-source',
    'sigstore-instance',
    'sigstore-seed',
    'sigstore-targets',
    'sigstore-tuf',
    'sigstore-verify'
  ],
  reports: ['report-format', 'wording']
}

/** Packages -> the only folders or files that may import them. */
const OWNERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^@actions\//, /^(host\/|index\.ts$|cli\.ts$)/],
  [/^@?sigstore|^@tufjs/, /^services\//]
]

const MAX_LINES = 400
const MAX_FUNCTION_LINES = 60

interface Module {
  /** Relative to src, with `/`. */
  readonly path: string
  readonly layer: string
  readonly text: string
  readonly imports: readonly string[]
}

const modules: readonly Module[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8')
    return { path, layer: layerOf(path), text, imports: importsOf(text) }
  })

it('sees the source, and the imports in it', () => {
  expect(modules.length).toBeGreaterThan(30)
  expect(modules.flatMap((module) => module.imports).length).toBeGreaterThan(60)
  expect(new Set(modules.map((module) => module.layer))).toEqual(new Set(Object.keys(MAY_IMPORT)))
})

describe.each(modules.map((module) => [module.path, module] as const))('%s', (path, module) => {
  it('imports only from the layers below', () => {
    const allowed = [module.layer, ...(MAY_IMPORT[module.layer] ?? [])]
    const wrong = localImports(module).filter((target) => !allowed.includes(layerOf(target)))
    expect(wrong).toEqual([])
  })

  it('imports only packages that its layer owns', () => {
    const wrong = module.imports.filter((from) =>
      OWNERS.some(([name, owner]) => name.test(from) && !owner.test(path))
    )
    expect(wrong).toEqual([])
  })

  it('does not know its siblings', () => {
    const shared = NO_SIDEWAYS[module.layer]
    const own = familyOf(path)
    const wrong = localImports(module).filter(
      (target) =>
        shared !== undefined &&
        own !== 'index' &&
        layerOf(target) === module.layer &&
        familyOf(target) !== own &&
        !shared.includes(familyOf(target))
    )
    expect(wrong).toEqual([])
  })

  it(`has at most ${MAX_LINES} lines`, () => {
    expect(module.text.split('\n').length).toBeLessThanOrEqual(MAX_LINES)
  })

  it(`has no function of more than ${MAX_FUNCTION_LINES} lines`, () => {
    expect(longFunctions(module.text)).toEqual([])
  })

  it('has clock, chance and environment from its host', () => {
    const isHost = module.layer === 'host' || path === 'index.ts' || path === 'cli.ts'
    const own =
      module.text.match(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b/g) ?? []
    expect(isHost || path.endsWith('.worker.ts') ? [] : own).toEqual([])
  })

  it('does nothing when it is imported', () => {
    // An entry's only statement is the call of main.
    const entry = path === 'index.ts' || path === 'cli.ts' || path.endsWith('.worker.ts')
    const calls = [...module.text.matchAll(/^(?:void |await )?[a-z][\w.]*\(.*$/gm)].map(
      ([call]) => call
    )
    expect(calls.length).toBeLessThanOrEqual(entry ? 1 : 0)
  })
})

it('has no import cycles', () => {
  const graph = new Map(modules.map((module) => [module.path, localImports(module)]))

  expect([...graph.keys()].filter((start) => reaches(start, start, graph))).toEqual([])
})

it('has no catch-all module', () => {
  const names = modules.map((module) => posix.basename(module.path, '.ts'))
  expect(names.filter((name) => /^(utils?|common|helpers?|misc|shared)$/.test(name))).toEqual([])
})

function layerOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '.'
}

/** `npm` for both `ecosystems/npm.ts` and `ecosystems/npm/edges.ts`. */
function familyOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '')
}

function importsOf(text: string): string[] {
  const statics = text.matchAll(/^(?:import|export)\b[^;'"]*?from '([^']+)'/gm)
  const bare = text.matchAll(/^import '([^']+)'/gm)
  const dynamic = text.matchAll(/\bimport\('([^']+)'\)/g)
  return [...statics, ...bare, ...dynamic].map((match) => match[1] ?? '')
}

function localImports(module: Module): string[] {
  return module.imports
    .filter((from) => from.startsWith('.'))
    .map((from) => posix.join(posix.dirname(module.path), from))
}

function reaches(
  start: string,
  goal: string,
  graph: ReadonlyMap<string, readonly string[]>
): boolean {
  const seen = new Set<string>()
  const queue = [...(graph.get(start) ?? [])]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === goal) return true
    if (!seen.has(next)) {
      seen.add(next)
      queue.push(...(graph.get(next) ?? []))
    }
  }
  return false
}

/** Top-level functions and methods, found by their indentation: the formatter guarantees it. */
function longFunctions(text: string): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, start) => {
    const head =
      /^( {0,4})(?:export )?(?:async )?(?:function\*? (\w+)|(?:async )?(#?\w+)\(.*\{$)/.exec(line)
    if (!head) return []
    const end = lines.findIndex((other, at) => at > start && other.startsWith(`${head[1] ?? ''}}`))
    const length = end - start + 1
    return length > MAX_FUNCTION_LINES ? [`${head[2] ?? head[3] ?? ''}: ${length} lines`] : []
  })
}
