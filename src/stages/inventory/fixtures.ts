/** Folders whose files are data of tests by convention, in lower case. */
const FOLDERS: ReadonlySet<string> = new Set([
  '__fixtures__',
  '__snapshots__',
  '__testdata__',
  '__testfixtures__',
  'fixture',
  'fixtures',
  'test-data',
  'test-fixtures',
  'test_data',
  'test_fixtures',
  'testdata',
  'testfixtures'
])

/**
 * Whether a path lies under a folder of test data. `examples` and `samples` are none: people install them,
 * and `exclude` leaves them out where nobody does.
 */
export function isFixture(path: string): boolean {
  return path
    .toLowerCase()
    .split('/')
    .slice(0, -1)
    .some((folder) => FOLDERS.has(folder))
}
