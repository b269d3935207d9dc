/**
 * Finds what an unfinished merge leaves behind, so that a message can name the cause instead of the
 * syntax error that it leads to.
 *
 * @returns the 1-based line of the first marker; nothing when there is none
 * @see https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
 */
export function conflictMarkerLine(text: string): number | undefined {
  const marker = /^(?:<{7}|>{7}) /m.exec(text)
  return marker ? text.slice(0, marker.index).split('\n').length : undefined
}
