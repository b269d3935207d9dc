import { describe, expect, it } from '@jest/globals'
import { columnsOf, type TerminalHost, terminalHost, wantsColor } from '../../src/host/terminal.ts'

interface Seen {
  out: string
  err: string
}

function hostOn(
  volume: 'quiet' | 'normal' | 'verbose',
  tty: { readonly isTTY?: boolean } = {}
): { readonly host: TerminalHost; readonly seen: Seen } {
  const seen: Seen = { out: '', err: '' }
  const host = terminalHost({
    terminal: {
      env: {},
      out: { write: (text) => (seen.out += text) },
      err: { ...tty, columns: 60, write: (text) => (seen.err += text) }
    },
    settings: { path: '/nowhere', out: '/nowhere/out', offline: true, concurrency: 1 },
    signal: new AbortController().signal,
    volume
  })
  return { host, seen }
}

it('keeps results and messages apart', () => {
  const { host, seen } = hostOn('normal')

  host.print('result\n')
  host.remark('remark\n')
  host.log.info('info')
  host.log.warning('careful')
  host.log.debug('detail')

  expect(seen).toEqual({ out: 'result\n', err: 'remark\ninfo\nwarning: careful\n' })
})

it.each([
  ['quiet', 'error: e\n'],
  ['normal', 'info\nwarning: w\nerror: e\n'],
  ['verbose', 'debug: d\ninfo\nwarning: w\nerror: e\n']
] as const)('shows messages as %s asks for', (volume, err) => {
  const { host, seen } = hostOn(volume)

  host.log.debug('d')
  host.log.info('info')
  host.log.warning('w')
  host.log.error('e')

  expect(seen.err).toBe(err)
})

it('makes messages safe: one line each, no escapes, no workflow commands', () => {
  const { host, seen } = hostOn('normal')

  host.log.info('::error::a\n\u001b[2Jb')
  host.remark('  ::warning::x\n')
  host.print('::notice::x ##[error]y\n')

  expect(seen).toEqual({
    err: '\\::error::a\\n\\x1b[2Jb\n\\  ::warning::x\n',
    out: '\\::notice::x ##\\[error]y\n'
  })
})

it('keeps secrets out of everything that it shows', () => {
  const { host, seen } = hostOn('normal')

  host.mask('hunter22')
  host.mask('hunter22-longer')
  host.mask('line one\nline two')
  host.mask('abc')
  host.log.info('token hunter22-longer and hunter22')
  host.print('line two hunter22 abc\n')
  host.printDocument('{"a":"hunter22"}')
  host.remark('hunter22\n')

  expect(seen).toEqual({
    out: '*** *** abc\n{"a":"***"}',
    err: 'token *** and ***\n***\n'
  })
})

it('takes the bar away before it shows something else, and at the end', () => {
  const { host, seen } = hostOn('normal', { isTTY: true })

  const progress = host.progress('Verify', 2)
  progress.advance()
  host.log.info('between')
  progress.done()

  const [before, bar, after] = seen.err.split('\r\u001b[2K')
  expect(before).toBe('')
  expect(bar).toMatch(/^Verify .* 1\/2 {2}0 s$/)
  expect(after).toBe('between\n')
})

it('shows no progress when it is to be quiet', () => {
  const { host, seen } = hostOn('quiet', { isTTY: true })

  const progress = host.progress('Verify', 2)
  progress.advance()
  progress.done()

  expect(seen.err).toBe('')
})

it('has no artifact store, and says why', () => {
  const { host } = hostOn('normal')

  expect(host.artifacts).toBeUndefined()
  expect(host.noArtifacts).toBe('a terminal has no artifact store')
})

it.each([
  [{ isTTY: true, columns: 120 }, 120],
  [{ isTTY: true, columns: 0 }, undefined],
  [{ isTTY: true }, undefined],
  [{ columns: 120 }, undefined]
])('%j is %s columns wide', (stream, columns) => {
  expect(columnsOf({ ...stream, write: () => true })).toBe(columns)
})

describe('colours', () => {
  const tty = { isTTY: true, write: () => true }
  const pipe = { write: () => true }

  it.each([
    ['a terminal', tty, {}, undefined, true],
    ['a pipe', pipe, {}, undefined, false],
    ['a dumb terminal', tty, { TERM: 'dumb' }, undefined, false],
    ['NO_COLOR', tty, { NO_COLOR: '1' }, undefined, false],
    ['an empty NO_COLOR', tty, { NO_COLOR: '' }, undefined, true],
    ['FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, undefined, true],
    ['FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, undefined, false],
    ['both', pipe, { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, false],
    ['--color', pipe, { NO_COLOR: '1' }, 'color', true],
    ['--no-color', tty, { FORCE_COLOR: '1' }, 'no-color', false]
  ] as const)('obey %s', (_what, stream, env, said, wanted) => {
    expect(wantsColor(stream, env, said)).toBe(wanted)
  })
})
