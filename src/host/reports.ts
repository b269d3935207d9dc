/**
 * Keeps the environment, where tokens and passwords are, out of what Node writes about a process that ends badly
 * (`--report-on-fatalerror`, `--report-on-signal`): such a file lands in the checkout, and jobs upload what they find
 * there. The names of hosts that the process was connected to stay out too.
 *
 * @see https://nodejs.org/docs/latest-v24.x/api/report.html
 */
export function keepSecretsOutOfReports(): void {
  Object.assign(process.report, { excludeEnv: true, excludeNetwork: true })
}
