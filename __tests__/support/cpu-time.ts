/**
 * How long some work kept this process busy, in milliseconds. Unlike the time on the clock, it does not grow when
 * other processes of a test run want the processor.
 */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
