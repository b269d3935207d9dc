import { expect, it } from '@jest/globals'
import { parsePipConf } from '../../src/formats/pip-conf.ts'

it("reads pip's configuration as Python's configparser does", () => {
  const sections = parsePipConf(
    [
      '\uFEFF# comment',
      '[Global]',
      'Index_URL = https://a.example/simple = x',
      '; another',
      'extra-index-url =',
      '    https://b.example/',
      '',
      '    https://c.example/',
      'timeout: 60',
      'no-index',
      '[install]',
      '  index-url=https://d.example/',
      '[global]',
      'timeout = 10'
    ].join('\r\n')
  )

  expect([...sections.keys()]).toEqual(['global', 'install'])
  expect(Object.fromEntries(sections.get('global') ?? [])).toEqual({
    'index-url': 'https://a.example/simple = x',
    'extra-index-url': '\nhttps://b.example/\nhttps://c.example/',
    timeout: '10',
    'no-index': ''
  })
  expect(sections.get('install')?.get('index-url')).toBe('https://d.example/')
})
