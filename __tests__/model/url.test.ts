import { expect, it } from '@jest/globals'
import { withoutSecrets } from '../../src/model/url.ts'

it.each([
  ['https://registry.example/a.tgz', 'https://registry.example/a.tgz'],
  ['https://user:pass@registry.example/a.tgz', 'https://registry.example/a.tgz'],
  ['https://token@registry.example/a.tgz', 'https://registry.example/a.tgz'],
  ['https://registry.example/a.tgz?X-Signature=abc', 'https://registry.example/a.tgz?…'],
  ['https://registry.example/a.tgz#token', 'https://registry.example/a.tgz'],
  ['https://user:pass@[broken/a?b=c', 'https://[broken/a']
])('shows %s as %s', (url, shown) => {
  expect(withoutSecrets(url)).toBe(shown)
})
