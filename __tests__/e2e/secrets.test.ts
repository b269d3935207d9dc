import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { FRONTED, type FrontedServices, startFronted } from '../support/fronted-services.ts'
import { formsOf, leaksIn } from '../support/leaks.ts'
import {
  type ActionOptions,
  type ActionRun,
  runAction,
  type Workspace,
  workspaceOf
} from '../support/run-bundle.ts'
import type { FrontFault } from '../support/services/front.ts'
import { zipEntries } from '../support/zip.ts'

// A process per run, on machines that are busy with other tests.
jest.setTimeout(120_000)

let services: FrontedServices
let workspace: Workspace

beforeEach(async () => {
  services = await startFronted()
  workspace = workspaceOf(services.files)
  for (const [name, text] of Object.entries(services.home)) {
    writeFileSync(join(workspace.temp, name), text)
  }
})
afterEach(async () => {
  workspace.remove()
  await services.close()
})

function runStep(over: Partial<ActionOptions> = {}): Promise<ActionRun> {
  return runAction({
    workspace,
    ...over,
    inputs: { ...services.inputs, ...over.inputs },
    env: { ...services.env, HOME: workspace.temp, ...over.env }
  })
}

/** The toolkit's own lines for those who debug show whole answers; the runner hides in them what it was asked to hide, in all forms. */
function shownBy(stdout: string): string {
  const masks: string[] = []
  return stdout
    .split('\n')
    .flatMap((line) => {
      const [, masked] = /^::add-mask::(.*)$/.exec(line) ?? []
      if (masked !== undefined) {
        masks.push(...formsOf(unescaped(masked)).map(([, text]) => text))
        return []
      }
      if (!line.startsWith('::debug::')) return line
      return masks.reduce((text, mask) => text.replaceAll(mask, '***'), unescaped(line))
    })
    .join('\n')
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

/** Everything that a run leaves behind, but for the lines with which it asks the runner to hide something. */
function leftBy(run: ActionRun): Readonly<Record<string, string>> {
  const folder = run.outputs['output-folder'] ?? ''
  const documents = folder === '' ? [] : readdirSync(folder)
  const artifacts = [...services.actions.artifacts.values()].flatMap(({ name, data }) =>
    data ? [...zipEntries(data)].map(([entry, text]) => [`${name}: ${entry}`, text] as const) : []
  )
  return {
    stdout: shownBy(run.stdout),
    stderr: run.stderr,
    summary: run.summary,
    outputs: Object.values(run.outputs).join('\n'),
    ...Object.fromEntries(
      documents.map((name) => [name, readFileSync(join(folder, name), 'utf8')])
    ),
    ...Object.fromEntries(artifacts),
    'somebody else': services.stranger.got.join('\n')
  }
}

function expectNoLeak(run: ActionRun): void {
  expect(leaksIn(leftBy(run), services.secrets())).toEqual([])
  expect(run.log).not.toMatch(/\bINTERNAL\b|unhandled/)
  expect([0, 1, 2]).toContain(run.exitCode)
}

describe('a run that signs everything', () => {
  it.each(['keyless', 'key'])('leaves no secret behind: %s', async (sign) => {
    const forms = sign === 'key' ? 'referrer, legacy, file' : 'referrer, legacy, github, file'
    const run = await runStep({ inputs: { sign, 'signature-forms': forms } })

    expectNoLeak(run)
    expect(run.exitCode).toBe(0)
    expect(run.log).toMatch(/Sign what is shipped .* kept/)
    expect(Object.keys(services.secrets()).length).toBeGreaterThan(sign === 'key' ? 12 : 14)
    // What is looked for would be found.
    expect(leaksIn(leftBy(run), { 'no secret': 'release.txt' })).not.toEqual([])
  })

  it.each([
    ['errors', { kind: 'status', status: 500, times: 2 }],
    ['broken connections', { kind: 'reset', times: 2 }]
  ] satisfies [string, FrontFault][])('and rides out %s that do not last', async (_what, fault) => {
    for (const name of ['oidc', 'fulcio', 'rekor', 'tsa', 'registry', 'npm', 'github'] as const) {
      services.fronts[name].misbehave(fault)
    }
    const run = await runStep()

    expectNoLeak(run)
    expect(run.log).toMatch(/Sign what is shipped .* kept/)
  })

  it('says nothing about the environment in a report of the process', async () => {
    const folder = workspace.temp
    const run = await runStep({
      env: {
        NODE_OPTIONS: `--report-on-signal --report-signal=SIGUSR2 --report-directory=${folder}`
      },
      onStart(child) {
        child.stdout?.on('data', (text: string) => {
          if (text.includes('::group::Sign')) child.kill('SIGUSR2')
        })
      }
    })
    const reports = readdirSync(folder)
      .filter((name) => /^report\..*\.json$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8'))

    expect(reports).toHaveLength(1)
    expect(JSON.parse(reports[0] ?? '')).toMatchObject({ header: { trigger: 'Signal' } })
    expect(leaksIn({ report: reports.join('') }, services.secrets())).toEqual([])
    expectNoLeak(run)
  })
})

const FAULTS: readonly (readonly [string, (elsewhere: string) => FrontFault])[] = [
  ['refuses', () => ({ kind: 'status', status: 403 })],
  ['answers with what it was sent', () => ({ kind: 'echo', status: 200 })],
  ['refuses with what it was sent', () => ({ kind: 'echo', status: 401 })],
  ['sends people elsewhere with what they sent', (to) => ({ kind: 'redirect', status: 307, to })]
]

describe.each(FRONTED)('where somebody in front of %s', (name) => {
  it.each(FAULTS)('%s, no secret is left behind or sent on', async (_what, fault) => {
    services.fronts[name].misbehave(fault(services.stranger.url))
    const run = await runStep()

    expectNoLeak(run)
    expect(services.fronts[name].seen.length).toBeGreaterThan(0)
  })
})
