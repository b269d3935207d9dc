import { onRunner } from './on-runner.ts'

/** Entry on a runner. */
async function main(): Promise<void> {
  process.exitCode = await onRunner(Object.freeze({ ...process.env }))
}

void main()
