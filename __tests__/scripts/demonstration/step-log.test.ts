import { expect, it } from '@jest/globals'
import { stepLog } from '../../../scripts/demonstration/step-log.ts'

function shown(...chunks: readonly string[]): string {
  let text = ''
  const log = stepLog({ columns: 80, colours: 'off' }, (more) => (text += more))
  for (const chunk of chunks) log.write(chunk)
  log.end()
  return text
}

it('shows lines, and no groups', () => {
  expect(shown('::group::Title\n✓ done\n::endgroup::\n\nlast')).toBe('  ✓ done\n\n  last\n')
})

it('covers what was asked to be hidden, wherever chunks end', () => {
  expect(shown('::add-ma', 'sk::s3c%0Aret\n', 'a s3c\nret s3', 'c\nret')).toBe(
    '  a ***\n  *** ***\n  ***\n'
  )
  expect(shown('::add-mask::s3c%25ret\nthe s3c%', 'ret\n')).toBe('  the ***\n')
})

it('shows annotations by title and place', () => {
  expect(
    shown('::error title=Wrong digest (a%2Cb),file=package-lock.json,line=7::long text: more\n')
  ).toBe('  Error: Wrong digest (a,b) package-lock.json:7\n')
  expect(shown('::warning title=Assay::what is wrong\n')).toBe('  Warning: Assay what is wrong\n')
})

it('does not show what is for the runner alone', () => {
  expect(shown('::debug::x\n::set-output name=a::b\n')).toBe('')
})
