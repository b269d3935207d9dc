/**
 * Runs `.github/workflows/attest.yml` for real on this machine, called by a workflow as a user has it: both jobs,
 * with an embedded Sigstore. Once as it should be, and once with an artifact that somebody exchanges between the jobs.
 *
 * Usage: node scripts/run-attest-workflow.ts
 *
 * Needs `dist/`, the workflow runner of `../shared/tools/act-run`, and Go to build it (a minute, once). What the
 * runner lacks is replaced in a copy: the fields of `job` that name the workflow's commit, the artifact actions.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const RUNNER = resolve(ROOT, '../shared/tools/act-run')
const BIN = join(ROOT, '.cache/bin')
/** Not in this repository: the runner would take what lies there for what git ignores. */
const WORK = join(tmpdir(), `assay-attest-${process.pid}`)
const CHECKOUT = join(WORK, 'checkout')
const OUT = join(WORK, 'out')

const CALLER = `name: Release
on: push
permissions: {}
jobs:
  call:
    permissions:
      attestations: write
      contents: read
      id-token: write
    uses: ./.github/workflows/attest.yml
    with:
      build-command: |
        mkdir -p built/deep
        echo one > built/app-1.0.tgz
        echo two > 'built/deep/with "quotes".txt'
      files: |
        built/*.tgz
        built/**/*.txt
  after:
    needs: call
    runs-on: ubuntu-24.04
    steps:
      - id: after
        run: echo "verdict=$VERDICT" >> "$GITHUB_OUTPUT"
        env:
          VERDICT: \${{ needs.call.outputs.verdict }}
`

/** What the artifact actions do, as far as this workflow asks them to. */
const ARTIFACT_ACTION = `name: stand-in
description: stand-in
inputs:
  name: { required: true, description: name }
  path: { required: true, description: path }
  include-hidden-files: { description: hidden }
  if-no-files-found: { description: none }
runs: { using: node24, main: main.js }
`

function main(): void {
  succeed('bash', [join(RUNNER, 'build.sh'), BIN])
  const problems = [...signedProblems(), ...exchangedProblems()]
  rmSync(WORK, { recursive: true, force: true })
  if (problems.length === 0) {
    process.stdout.write('Both jobs passed and signed; an exchanged artifact was refused\n')
    return
  }
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exitCode = 1
}

/** What is wrong with a run in which nobody interferes. */
function signedProblems(): readonly string[] {
  const { status, stdout, stderr } = run('')
  if (status !== 0) return [`the workflow ended with ${status}\n${stdout}${stderr}`]
  const outputs = readFileSync(join(OUT, 'outputs.json'), 'utf8')
  const [archive = ''] = readdirSync(join(OUT, 'artifacts'))
  const names = readFileSync(join(OUT, 'artifacts', archive), 'latin1')
  const documents = ['app-1.0.tgz.sigstore.json', 'attestation-provenance.sigstore.json']
  return [
    ...(outputs.includes('"verdict": "pass"') ? [] : ['the verdict did not come out']),
    ...documents.filter((name) => !names.includes(name)).map((name) => `no ${name} was uploaded`)
  ]
}

/** What is wrong with a run in which the artifact is exchanged between the jobs. */
function exchangedProblems(): readonly string[] {
  const { status, stdout } = run("fs.appendFileSync(from + '/built/app-1.0.tgz', 'evil')")
  const outputs = readFileSync(join(OUT, 'outputs.json'), 'utf8')
  return [
    ...(status === 0 ? ['the workflow passed with an exchanged artifact'] : []),
    ...(stdout.includes('Only the files that the build job made')
      ? []
      : [`not compared\n${stdout}`]),
    ...(outputs.includes('"verdict"') ? ['Assay ran on an exchanged artifact'] : [])
  ]
}

function run(interference: string): SpawnSyncReturns<string> {
  rmSync(WORK, { recursive: true, force: true })
  const actions = writeActions(interference)
  writeCheckout()
  const services = [join(RUNNER, 'services.mjs'), join(ROOT, 'scripts/attest-workflow/services.ts')]
  return start(process.execPath, [
    join(RUNNER, 'act-run.mjs'),
    `--act=${join(BIN, 'act')}`,
    `--node=${dirname(process.execPath)}`,
    `--repo=${CHECKOUT}`,
    `--out=${OUT}`,
    ...services.flatMap((path) => ['--services', path]),
    ...actions.flatMap((action) => ['--local', action]),
    'release.yml'
  ])
}

function writeActions(interference: string): readonly string[] {
  const store = `const fs = require('fs')\nconst from = ${JSON.stringify(join(WORK, 'store'))}\n`
  const path = `require('path').resolve(process.env.GITHUB_WORKSPACE, process.env.INPUT_PATH)`
  const mains = {
    'actions/upload-artifact': `fs.cpSync(${path}, from, { recursive: true })\n${interference}`,
    'actions/download-artifact': `fs.cpSync(from, ${path}, { recursive: true })`
  }
  return Object.entries(mains).map(([name, text]) => {
    const folder = join(WORK, name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'action.yml'), ARTIFACT_ACTION)
    writeFileSync(join(folder, 'main.js'), `${store}${text}\n`)
    return `${name}=${folder}`
  })
}

function writeCheckout(): void {
  const workflows = join(CHECKOUT, '.github/workflows')
  mkdirSync(workflows, { recursive: true })
  for (const name of ['dist', 'action.yml'])
    cpSync(join(ROOT, name), join(CHECKOUT, name), { recursive: true })
  const lock = { lockfileVersion: 3, packages: { '': {} } }
  writeFileSync(join(CHECKOUT, 'package-lock.json'), JSON.stringify(lock))
  writeFileSync(join(workflows, 'release.yml'), CALLER)
  writeFileSync(join(workflows, 'attest.yml'), adapted())
  succeed('git', ['-C', CHECKOUT, 'init', '--quiet', '--initial-branch', 'main'])
  succeed('git', ['-C', CHECKOUT, 'add', '--all', '--force'])
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  succeed('git', ['-C', CHECKOUT, ...who, 'commit', '--quiet', '--message', 'x'])
}

/** The workflow, with what the local runner does not know, and the embedded Sigstore in the place of the public one. */
function adapted(): string {
  const text = readFileSync(join(ROOT, '.github/workflows/attest.yml'), 'utf8')
  return [
    ['REPOSITORY: ${{ job.workflow_repository }}', 'REPOSITORY: octo-org/assay'],
    ['COMMIT: ${{ job.workflow_sha }}', `COMMIT: ${'0'.repeat(40)}`],
    ['          repository: ${{ job.workflow_repository }}\n', ''],
    ['          ref: ${{ job.workflow_sha }}\n', ''],
    ['signature-forms: ${{ inputs.signature-forms }}', 'signature-forms: file'],
    [
      '          sign: keyless\n',
      '          sign: keyless\n          oidc-issuer: <issuer>\n          trusted-root: trusted-root.json\n          signing-config: signing-config.json\n'
    ]
  ].reduce((adaptedText, [from = '', to = '']) => {
    if (!adaptedText.includes(from)) throw new Error(`attest.yml has no "${from}"`)
    return adaptedText.replace(from, to)
  }, text)
}

function succeed(command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = start(command, args)
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`)
}

function start(command: string, args: readonly string[]): SpawnSyncReturns<string> {
  const env = { ...process.env, CHECKOUT }
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', env, maxBuffer: 2 ** 28 })
}

main()
