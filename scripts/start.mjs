/**
 * `npm start`: with arguments the command line of `dist/`, unchanged and in this process; without any the
 * demonstration. Plain JavaScript, because Node takes 30 ms to be ready for the first file of TypeScript.
 */
if (process.argv.length > 2) {
  await import('../dist/cli.js')
} else {
  const { demonstrate } = await import('./demonstration.ts')
  process.exitCode = await demonstrate(process.stdout)
}
