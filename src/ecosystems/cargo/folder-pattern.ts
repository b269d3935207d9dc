/** Most steps that one comparison may take: attackers write patterns too. */
const MAX_PATTERN = 1024

/**
 * Whether a folder is one that a pattern of `workspace.members` means. `*` and `?` stay within a folder,
 * `**` is any number of folders; a character class is read as any one character, which is enough to find
 * candidates. Takes time proportional to the product of both lengths.
 *
 * @see https://docs.rs/glob/latest/glob/struct.Pattern.html
 */
export function matchesPattern(folder: string, pattern: string): boolean {
  if (pattern.length > MAX_PATTERN) return false
  const names = folder.split('/')
  // reached[n]: the segments so far can stand for the first n folders.
  let reached: readonly boolean[] = [true, ...names.map(() => false)]
  for (const segment of pattern.split('/')) {
    const next: boolean[] = [segment === '**' && reached[0] === true]
    for (const [index, name] of names.entries()) {
      const here =
        segment === '**'
          ? reached[index + 1] === true || next[index] === true
          : reached[index] === true && matchesName(name, segment)
      next.push(here)
    }
    reached = next
  }
  return reached.at(-1) === true
}

function matchesName(name: string, segment: string): boolean {
  const pattern = segment.replace(/\[[^\]]+\]/g, '?')
  let at = 0
  let star = -1
  let resume = 0
  for (let index = 0; index < name.length;) {
    if (pattern[at] === '*') {
      star = at++
      resume = index
    } else if (pattern[at] === '?' || pattern[at] === name[index]) {
      at++
      index++
    } else if (star !== -1) {
      at = star + 1
      index = ++resume
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(at))
}
