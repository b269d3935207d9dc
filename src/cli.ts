#!/usr/bin/env node
import { onTerminal } from './on-terminal.ts'

/** Entry on a terminal. */
async function main(): Promise<void> {
  const { env, stdout: out, stderr: err } = process
  const terminal = { env: Object.freeze({ ...env }), out, err }
  process.exitCode = await onTerminal(terminal, process.argv.slice(2), process.cwd())
}

void main()
