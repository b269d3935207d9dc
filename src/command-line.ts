import { parseArgs, type ParseArgsConfig } from 'node:util'
import { InputError } from './model/errors.ts'
import { nearestOf } from './model/nearest.ts'
import { plainText } from './model/plain-text.ts'
import type { Setting } from './setting.ts'
import { type Given, MODE, PATH, SETTINGS } from './settings.ts'
import { VERIFY } from './verify-settings.ts'

/** What was asked for on a terminal. */
export interface CommandLine {
  readonly given: ReadonlyMap<string, Given>
  readonly switches: ReadonlySet<string>
}

/** Flags that say how a terminal shows a run, not what it does. */
export const SWITCHES = [
  {
    name: 'json',
    help: 'Print report.json on standard output, and nothing else there. npm prints lines of its own: npm start --silent.'
  },
  { name: 'quiet', short: 'q', help: 'Print the verdict and its findings only.' },
  { name: 'verbose', short: 'v', help: 'Print what every stage has to say, and debug messages.' },
  { name: 'color', help: 'Use colours, also where there is no terminal.' },
  { name: 'no-color', help: 'Use no colours.' },
  { name: 'version', short: 'V', help: 'Print the version.' },
  { name: 'help', short: 'h', help: 'Print this page.' }
] as const satisfies readonly {
  readonly name: string
  readonly short?: string
  readonly help: string
}[]

/** The settings that a terminal has. */
export const TERMINAL_SETTINGS: readonly Setting[] = SETTINGS.filter(({ on }) => on === 'both')

/** How help and messages name the flag of a setting: `--out`, `--no-go-checksum-database`. */
export function flagOf(setting: Setting): string {
  const name = setting.flag ?? setting.name
  return setting.default === 'true' && setting.value === undefined ? `--no-${name}` : `--${name}`
}

/** @throws InputError `INPUT_INVALID` or `INPUT_CONFLICT` for what cannot be understood */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const options = optionsOf()
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true
  })
  const given = new Map<string, Given>()
  const switches = new Set<string>()
  for (const token of tokens) {
    if (token.kind === 'positional') givePositional(given, token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value } = token
    if (!Object.hasOwn(options, name)) throw unknownFlag(rawName, Object.keys(options))
    const setting = settingOf(name)
    if (setting === undefined) switches.add(name)
    else give(given, setting, { place: `flag "${rawName}"`, text: valueOf(setting, token) })
    if (setting === undefined && value !== undefined) throw needlessValue(rawName)
  }
  assertNoConflict(switches)
  return { given, switches }
}

function optionsOf(): NonNullable<ParseArgsConfig['options']> {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const setting of TERMINAL_SETTINGS) {
    const type = setting.value === undefined ? 'boolean' : 'string'
    options[setting.name] = { type, multiple: true }
    if (setting.flag !== undefined) options[setting.flag] = { type, multiple: true }
    if (type === 'boolean') options[`no-${setting.name}`] = { type, multiple: true }
  }
  for (const one of SWITCHES) {
    options[one.name] = { type: 'boolean', ...('short' in one && { short: one.short }) }
  }
  return options
}

function settingOf(name: string): Setting | undefined {
  return TERMINAL_SETTINGS.find(
    (setting) => setting.name === name || setting.flag === name || `no-${setting.name}` === name
  )
}

function valueOf(
  setting: Setting,
  token: {
    readonly name: string
    readonly rawName: string
    readonly value?: string | undefined
    readonly inlineValue?: boolean | undefined
  }
): string {
  const { name, rawName, value, inlineValue } = token
  if (setting.value === undefined) {
    if (value !== undefined && name !== setting.name) throw needlessValue(rawName)
    return value ?? (name === setting.name ? 'true' : 'false')
  }
  if (value !== undefined && value !== '' && (inlineValue === true || !value.startsWith('-'))) {
    return value
  }
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use flag "${rawName}": found no value, expected ${setting.value}`,
    remedy: `Write it behind the flag: ${rawName} ${setting.choices?.[0] ?? setting.value}`
  })
}

function give(given: Map<string, Given>, setting: Setting, { place, text }: Given): void {
  const before = setting.repeatable === true ? given.get(setting.name) : undefined
  given.set(setting.name, { place, text: before ? `${before.text}\n${text}` : text })
}

/** The word `verify` comes first, and subjects behind it; the path of that name is written `./verify`. */
function givePositional(given: Map<string, Given>, text: string): void {
  if (given.has(MODE.name)) {
    give(given, VERIFY, { place: 'what to verify', text })
  } else if (text === 'verify' && !given.has(PATH.name)) {
    given.set(MODE.name, { place: 'the command', text })
  } else givePath(given, text)
}

function givePath(given: Map<string, Given>, path: string): void {
  const before = given.get(PATH.name)
  if (before !== undefined) {
    throw new InputError({
      code: 'INPUT_CONFLICT',
      message: `Cannot look at two paths: found "${plainText(before.text)}" and "${plainText(path)}"`,
      remedy: 'Run it once for each, with an --out folder for each'
    })
  }
  given.set(PATH.name, { place: 'the path', text: path })
}

function unknownFlag(rawName: string, names: readonly string[]): InputError {
  const nearest = nearestOf(rawName.replace(/^-+/, ''), names)
  return new InputError({
    code: 'INPUT_INVALID',
    message: `There is no flag "${plainText(rawName)}"`,
    remedy: `${nearest === undefined ? '' : `Did you mean "--${nearest}"? `}Run \`assay --help\` for all flags`
  })
}

function needlessValue(rawName: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use flag "${plainText(rawName)}" with a value: it is on or off`,
    remedy: `Write ${plainText(rawName)} alone`
  })
}

function assertNoConflict(switches: ReadonlySet<string>): void {
  for (const [a, b] of [
    ['quiet', 'verbose'],
    ['color', 'no-color']
  ] as const) {
    if (!switches.has(a) || !switches.has(b)) continue
    throw new InputError({
      code: 'INPUT_CONFLICT',
      message: `Cannot use --${a} and --${b} together`,
      remedy: 'Leave one of them out'
    })
  }
}
