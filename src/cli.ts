#!/usr/bin/env node
import { whyTooOld } from './old-node.ts'

/** Entry on a terminal. */
async function main(): Promise<void> {
  const old = whyTooOld(process.versions.node, 'in a clone, `npm start` brings it')
  if (old !== undefined) {
    process.stderr.write(`${old}\n`)
    process.exitCode = 2
    return
  }
  const { onTerminal } = await import('./on-terminal.ts')
  const { env, stdout: out, stderr: err } = process
  const terminal = { env: Object.freeze({ ...env }), out, err }
  process.exitCode = await onTerminal(terminal, process.argv.slice(2), process.cwd())
}

void main()
