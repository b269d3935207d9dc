import { type Screen, styled } from './screen.ts'

/** Shows the log of a step as the runner does: commands do their work and are not seen, secrets are covered. */
export interface StepLog {
  write(chunk: string): void
  /** What has no end of line yet. */
  end(): void
}

const COMMAND = /^::([a-z-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/

const MARKS = {
  error: ['Error', 'red'],
  warning: ['Warning', 'yellow'],
  notice: ['Notice', 'cyan']
} as const

export function stepLog(screen: Screen, print: (text: string) => void): StepLog {
  const secrets: string[] = []
  let rest = ''
  const show = (line: string): void => {
    const [, name, properties = '', escaped = ''] = COMMAND.exec(line) ?? []
    const value = unescaped(escaped)
    if (name === 'add-mask') {
      // Of a secret in several lines, each.
      secrets.push(...value.split(/[\r\n]+/).filter((part) => part !== ''))
      return
    }
    const shown = name === undefined ? line : commandLine(screen, { name, properties, value })
    if (shown === undefined) return
    const covered = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), shown)
    print(covered === '' ? '\n' : `  ${covered}\n`)
  }
  return {
    write(chunk) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) show(line)
    },
    end() {
      if (rest !== '') show(rest)
      rest = ''
    }
  }
}

interface Command {
  readonly name: string
  readonly properties: string
  readonly value: string
}

/** Annotations stand beside the line that they are about: here their title and place do. */
function commandLine(screen: Screen, { name, properties, value }: Command): string | undefined {
  const mark = Object.hasOwn(MARKS, name) ? MARKS[name as keyof typeof MARKS] : undefined
  if (mark === undefined) return undefined
  const values = new Map(
    properties.split(',').map((property) => {
      const equals = property.indexOf('=')
      return [property.slice(0, equals), unescaped(property.slice(equals + 1))] as const
    })
  )
  const place = values.has('file') ? `${values.get('file')}:${values.get('line') ?? '1'}` : value
  const [word, colour] = mark
  const title = values.get('title') ?? ''
  return `${styled(screen, colour, `${word}:`)} ${title} ${styled(screen, 'dim', place)}`
}

function unescaped(text: string): string {
  return text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%')
}
