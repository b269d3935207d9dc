import { InputError } from './model/errors.ts'
import { nearestOf } from './model/nearest.ts'
import { withoutSecrets } from './model/url.ts'
import { plainText } from './model/plain-text.ts'

/** Something that a run can be told, as an input of action.yml and as a flag. */
export interface Setting<Value = unknown> {
  /** Of the input. Also a flag: `--name`. */
  readonly name: string
  /** The flag that help shows, where it is another: shorter, or for one of many. Without dashes. */
  readonly flag?: string
  /** Where it can be said. */
  readonly on: 'both' | 'runner'
  readonly group: SettingGroup
  /** What stands for the value in help. Absent: it is on or off. */
  readonly value?: string
  /** May be given several times as a flag. */
  readonly repeatable?: boolean
  /** The default in action.yml. Empty: see `help`. */
  readonly default: string
  /** On a terminal, where it is another. */
  readonly terminalDefault?: string
  readonly choices?: readonly string[]
  /** Other words for choices. */
  readonly synonyms?: Readonly<Record<string, string>>
  /** One or two sentences; the first says what for. */
  readonly help: string
  /** What `--help` says instead. */
  readonly flagHelp?: string
  /** @throws InputError `INPUT_INVALID`, with `place` in its message */
  parse(text: string, place: string): Value
}

export type SettingGroup =
  | 'What is looked at'
  | 'What is done'
  | 'What comes out'
  | 'What is signed'
  | 'Which Sigstore'
  | 'What is verified'

type Details<Value> = Omit<Setting<Value>, 'parse' | 'name'>

/** Any text. */
export function text(name: string, details: Details<string>): Setting<string> {
  return { name, ...details, parse: (given) => given }
}

/** An address of the web, or nothing. */
export function webAddress(name: string, details: Details<string>): Setting<string> {
  return {
    name,
    ...details,
    parse(given, place) {
      const url = URL.canParse(given) ? new URL(given) : undefined
      const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password
      if (given === '' || (isPlain && url.search === '' && url.hash === '')) return given
      throw new InputError({
        code: 'INPUT_INVALID',
        message: `Cannot use ${place}: found "${withoutSecrets(plainText(given))}", expected an http or https address without credentials and query`,
        remedy: "Give the address alone; credentials belong into the machine's .npmrc"
      })
    }
  }
}

/** A name that the artifact service takes. @see https://github.com/actions/toolkit/tree/main/packages/artifact */
export function artifactName(name: string, details: Details<string>): Setting<string> {
  return {
    name,
    ...details,
    parse(given, place) {
      if (given.length <= 200 && !/[":<>|*?\r\n\\/]/.test(given)) return given
      throw new InputError({
        code: 'INPUT_INVALID',
        message: `Cannot use ${place}: found "${plainText(given)}", expected at most 200 characters, and none of " : < > | * ? \\ / or line breaks`,
        remedy: 'Replace these characters, such as "/" in the name of a branch, with "-"'
      })
    }
  }
}

/** One of some words. */
export function choice<Choice extends string>(
  name: string,
  choices: readonly Choice[],
  details: Omit<Details<Choice>, 'choices'>
): Setting<Choice> {
  const { synonyms = {} } = details
  return {
    name,
    ...details,
    choices,
    parse: (given, place) =>
      chosen(Object.hasOwn(synonyms, given) ? (synonyms[given] ?? '') : given, choices, place)
  }
}

/** `true` or `false`. */
export function bool(
  name: string,
  details: Omit<Details<boolean>, 'choices' | 'value'>
): Setting<boolean> {
  const choices = ['true', 'false'] as const
  return {
    name,
    ...details,
    // YAML 1.2's spellings, which @actions/core accepts too.
    parse: (given, place) =>
      chosen(
        /^(True|TRUE|False|FALSE)$/.test(given) ? given.toLowerCase() : given,
        choices,
        place
      ) === 'true'
  }
}

/** One item a line; of choices also several on a line, with commas or blanks between. */
export function list(
  name: string,
  details: Details<readonly string[]>
): Setting<readonly string[]> {
  const { choices } = details
  return {
    name,
    ...details,
    parse(given, place) {
      const items = given.split(choices ? /[\s,]+/ : /[\r\n]+/).map((item) => item.trim())
      const unique = [...new Set(items.filter((item) => item !== ''))]
      return choices ? unique.map((item) => chosen(item, choices, place)) : unique
    }
  }
}

/** A whole number, both ends of its range included. */
export function integer(
  name: string,
  [least, most]: readonly [number, number],
  details: Details<number>
): Setting<number> {
  return {
    name,
    ...details,
    parse(given, place) {
      const number = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN
      if (number >= least && number <= most) return number
      throw new InputError({
        code: 'INPUT_INVALID',
        message: `Cannot use ${place}: found "${plainText(given)}", expected a whole number from ${least} to ${most}`,
        remedy: `Leave it out for the default, ${details.default}`
      })
    }
  }
}

/** @throws InputError `INPUT_INVALID` that lists the choices and names the nearest */
function chosen<Choice extends string>(
  given: string,
  choices: readonly Choice[],
  place: string
): Choice {
  const found = choices.find((candidate) => candidate === given)
  if (found !== undefined) return found
  const nearest = nearestOf(given, choices)
  throw new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use ${place}: found "${plainText(given)}", expected one of ${choices.map((one) => `"${one}"`).join(', ')}`,
    remedy: nearest === undefined ? 'Use one of these' : `Did you mean "${nearest}"?`
  })
}
