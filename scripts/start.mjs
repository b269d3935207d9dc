/**
 * `npm start`: with arguments the command line of `dist/`, unchanged and in this process; without any the
 * demonstration. Plain JavaScript, because Node takes 30 ms to be ready for the first file of TypeScript.
 */
if (process.argv.length > 2) {
  await import('../dist/cli.js')
} else {
  try {
    const { demonstrate } = await import('./demonstration.ts')
    process.exitCode = await demonstrate(process.stdout)
  } catch (error) {
    const isBare = ['ERR_MODULE_NOT_FOUND', 'ERR_UNKNOWN_FILE_EXTENSION'].includes(error.code)
    const remedy =
      'The demonstration needs all that `npm ci` installs, Node 24 too: npm ci && npm start'
    process.stderr.write(`${isBare ? remedy : error.message}\n`)
    process.exitCode = 2
  }
}
