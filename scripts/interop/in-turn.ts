/** Runs so many at a time; results in the order of the tasks. */
export async function inTurn<Result>(
  tasks: readonly (() => Promise<Result>)[],
  atOnce: number
): Promise<readonly Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (;;) {
      const at = next++
      const task = tasks[at]
      if (!task) return
      results[at] = await task()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
