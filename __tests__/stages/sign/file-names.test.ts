import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { documentNames } from '../../../src/stages/sign/file-names.ts'

/** Of a file name on every platform, as documents must have it. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,180}$/

it.each([
  [['dist/app.tar.gz'], ['app.tar.gz']],
  [
    ['a/app.zip', 'b/app.zip', 'c/other.zip'],
    ['a-app.zip', 'b-app.zip', 'other.zip']
  ],
  // What is told apart by its folders must not take the name of another file.
  [
    ['a/b', 'c/b', 'x/a-b'],
    [expect.stringMatching(/^file-b-[0-9a-f]{16}$/), 'c-b', 'a-b']
  ],
  [
    ['A.txt', 'd/a.txt'],
    ['A.txt', 'd-a.txt']
  ],
  [['dist/größe 1.0+rc.tgz'], [expect.stringMatching(/^file-gr_e_1\.0_rc\.tgz-[0-9a-f]{16}$/)]],
  [['attestations'], [expect.stringMatching(/^file-attestations-/)]],
  [['attestation-spdx'], [expect.stringMatching(/^file-attestation-spdx-/)]],
  [['dist/NUL.txt'], ['dist-NUL.txt']],
  [['nul'], [expect.stringMatching(/^file-nul-/)]],
  [['.env'], [expect.stringMatching(/^file-\.env-/)]],
  [[`${'x'.repeat(300)}.bin`], [expect.stringMatching(/^file-x{90}-/)]]
])('names documents about %j', (paths, names) => {
  const named = documentNames(paths)

  expect(paths.map((path) => named.get(path))).toEqual(names)
})

it('gives every file a name of its own that is safe everywhere, in whatever order', () => {
  const segment = fc.oneof(
    fc.constantFrom('a', 'b', 'A', 'a-b', 'b.txt', 'attestations', 'con', '..', '-x', '$(id)', 'ü'),
    fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replaceAll('/', '_'))
  )
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'))
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 30 }), (paths) => {
      const named = documentNames(paths)
      const names = [...named.values()]

      expect(names).toHaveLength(paths.length)
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(paths.length)
      for (const name of names) expect(name).toMatch(FILE_NAME)
      const again = documentNames(paths.toReversed())
      for (const one of paths) expect(again.get(one)).toBe(named.get(one))
    })
  )
})

it('does not let a file take the name that was made up for another', () => {
  const made = documentNames(['dir/ü']).get('dir/ü') ?? ''

  const named = documentNames(['dir/ü', made])

  expect(new Set(named.values()).size).toBe(2)
  expect(named.get('dir/ü')).toBe(made)
})
