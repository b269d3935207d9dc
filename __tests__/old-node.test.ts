import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { OLDEST_NODE, whyTooOld } from '../src/old-node.ts'
import { workspaceOf, runAction, runCli } from './support/run-bundle.ts'

const ROOT = join(import.meta.dirname, '..')

it('asks for what package.json asks for', () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly engines: { readonly node: string }
  }
  expect(engines.node).toBe(`>=${OLDEST_NODE}.0`)
})

it.each(['24.15.0', '24.21.3', '25.0.0', '26.1.0-nightly'])('takes Node %s', (version) => {
  expect(whyTooOld(version, 'update')).toBeUndefined()
})

it.each(['24.14.9', '22.99.0', '20.20.2', '9.0.0'])('does not take Node %s', (version) => {
  expect(whyTooOld(version, 'update')).toBe(
    `Assay needs Node 24.15 or newer, this is v${version}; update`
  )
})

/** The entries in a Node that says it is an older one. */
function olderNode(folder: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require=${join(folder, 'older.cjs')}` }
}

const OLDER = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`

it.each([
  ['the action', runAction, 'stdout', /^::error title=Assay::(.*)\n$/],
  ['the command line', runInFolder, 'stderr', /^(.*)\n$/]
] as const)('%s says so in one line, with 2', async (_entry, start, stream, line) => {
  const workspace = workspaceOf({ 'older.cjs': OLDER })

  const run = await start({ workspace, env: olderNode(workspace.path) })

  expect(run.exitCode).toBe(2)
  expect(line.exec(run[stream])?.[1]).toMatch(
    /^Assay needs Node 24\.15 or newer, this is v20\.1\.0; .*in a clone, `npm start` brings it$/
  )
  workspace.remove()
})

function runInFolder({
  workspace,
  env
}: Parameters<typeof runAction>[0]): ReturnType<typeof runCli> {
  return runCli([], { cwd: workspace.path, ...(env && { env }) })
}
