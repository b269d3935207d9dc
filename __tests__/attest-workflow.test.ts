import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { SIGN_SETTINGS } from '../src/sign-settings.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

interface Job {
  readonly permissions: Readonly<Record<string, string>>
  readonly 'runs-on': string
  readonly needs?: string
  readonly env?: unknown
  readonly steps: readonly Step[]
}

interface Workflow {
  readonly permissions: object
  readonly on: {
    readonly workflow_call: {
      readonly inputs: Readonly<
        Record<string, { readonly description?: string; readonly default?: unknown }>
      >
    }
  }
  readonly jobs: Readonly<Record<'build' | 'attest', Job>>
}

const ROOT = join(import.meta.dirname, '..')
const workflow = parse(readFileSync(join(ROOT, '.github/workflows/attest.yml'), 'utf8')) as Workflow
const { build, attest } = workflow.jobs
const steps = [...build.steps, ...attest.steps]

function stepAt(found: (step: Step) => boolean): number {
  return attest.steps.findIndex(found)
}

describe('the reusable workflow that attests', () => {
  it('gives each job what it needs and no more: the build has no identity', () => {
    expect(workflow.permissions).toEqual({})
    expect(build.permissions).toEqual({ contents: 'read' })
    expect(attest.permissions).toEqual({
      attestations: 'write',
      contents: 'read',
      'id-token': 'write'
    })
    expect(Object.keys(workflow.jobs)).toEqual(['build', 'attest'])
  })

  it('lets nobody choose the machine', () => {
    expect([build['runs-on'], attest['runs-on']]).toEqual(['ubuntu-24.04', 'ubuntu-24.04'])
  })

  it('puts nothing of others into a script, and no secret anywhere', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
    expect(JSON.stringify(workflow)).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/)
  })

  it('pins every action, and takes its own from the commit that it is of', () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])

    expect(used.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(name))).toEqual(['./assay'])
    expect(attest.steps).toContainEqual(
      expect.objectContaining({
        with: {
          repository: '${{ job.workflow_repository }}',
          ref: '${{ job.workflow_sha }}',
          path: 'assay',
          'persist-credentials': false
        }
      })
    )
  })

  it('keeps no credentials in a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))

    expect(checkouts).toHaveLength(3)
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual([
      false,
      false,
      false
    ])
  })

  it('runs the command of the caller in the build, and there alone', () => {
    expect(JSON.stringify(build)).toContain('inputs.build-command')
    expect(JSON.stringify(attest)).not.toContain('inputs.build-command')
    expect(attest.needs).toBe('build')
  })

  it('holds what it downloads to the digests of the build before it looks at it', () => {
    const downloaded = stepAt(({ uses }) => uses?.startsWith('actions/download-artifact@') === true)
    const compared = stepAt(({ env }) => env?.['DIGESTS'] === '${{ needs.build.outputs.digests }}')
    const signed = stepAt(({ uses }) => uses === './assay')

    expect(downloaded).toBeGreaterThan(0)
    expect(compared).toBe(downloaded + 1)
    expect(signed).toBe(compared + 1)
  })

  it('has inputs of the action, with its defaults or narrower ones, and describes all', () => {
    const { inputs } = workflow.on.workflow_call
    const names = new Set(SIGN_SETTINGS.map(({ name }) => name))
    const own = new Set(['build-command', 'files', 'artifact-name', 'build-timeout-minutes'])

    expect(Object.keys(inputs).filter((name) => !own.has(name) && !names.has(name))).toEqual([])
    expect(inputs['attest']?.default).toBe(
      SIGN_SETTINGS.find(({ name }) => name === 'attest')?.default
    )
    expect(Object.values(inputs).filter(({ description = '' }) => description === '')).toEqual([])
  })
})
