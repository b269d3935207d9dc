/**
 * The one spelling of a project's name: lower case, with `-` for every run of `-`, `_` and `.`.
 *
 * @see https://packaging.python.org/en/latest/specifications/name-normalization/
 */
export function normalPythonName(name: string): string {
  // Locks mostly have it already.
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ? name : name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** Whether a text can be a project's name at all. */
export function isPythonName(text: string): boolean {
  return text.length <= 256 && /^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$/i.test(text)
}
