import { whyTooOld } from './old-node.ts'

/** Entry on a runner. */
async function main(): Promise<void> {
  const remedy = 'runners have it from version 2.334 on; in a clone, `npm start` brings it'
  const old = whyTooOld(process.versions.node, remedy)
  if (old !== undefined) {
    process.stdout.write(`::error title=Assay::${old}\n`)
    process.exitCode = 2
    return
  }
  const { onRunner } = await import('./on-runner.ts')
  process.exitCode = await onRunner(Object.freeze({ ...process.env }))
}

void main()
