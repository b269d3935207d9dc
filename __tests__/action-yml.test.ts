import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { InputError } from '../src/model/errors.ts'
import { OUTPUTS } from '../src/outputs.ts'
import type { Setting } from '../src/setting.ts'
import { SETTINGS } from '../src/settings.ts'

interface ActionFile {
  readonly description: string
  readonly runs: { readonly using: string; readonly main: string }
  readonly inputs: Readonly<Record<string, { description: string; default: string }>>
  readonly outputs: Readonly<Record<string, { description: string }>>
}

const ROOT = join(import.meta.dirname, '..')
const ACTION = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as ActionFile

it('runs the bundle on Node 24', () => {
  expect(ACTION.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  expect(existsSync(join(ROOT, 'src/index.ts'))).toBe(true)
})

it('has a description that the Marketplace takes', () => {
  expect(ACTION.description.length).toBeLessThan(125)
})

it('declares the settings, in their order', () => {
  expect(Object.keys(ACTION.inputs)).toEqual(SETTINGS.map(({ name }) => name))
})

it('declares the outputs, in their order, with their descriptions', () => {
  const declared = Object.entries(ACTION.outputs).map(([name, { description }]) => [
    name,
    description
  ])
  expect(declared).toEqual(Object.entries(OUTPUTS))
})

describe.each(SETTINGS.map((setting) => [setting.name, setting] as const))(
  'input %s',
  (name, setting) => {
    it('has the description and default of the setting', () => {
      expect(ACTION.inputs[name]).toEqual({
        description: descriptionOf(setting),
        required: false,
        default: setting.default
      })
    })

    it('has a default that parses, should it not be empty', () => {
      const parsed = setting.default === '' ? undefined : setting.parse(setting.default, 'default')
      expect(parsed).not.toBeInstanceOf(InputError)
    })
  }
)

/** What action.yml says about an input. Stages are listed by the error that an unknown one meets: the list grows. */
function descriptionOf({ name, help, choices = [] }: Setting): string {
  if (choices.length === 0 || name === 'stages' || name === 'skip') return help
  return `${help} One of ${choices.map((one) => `\`${one}\``).join(', ')}.`
}
