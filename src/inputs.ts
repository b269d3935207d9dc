import { nearestOf } from './model/nearest.ts'
import { type Given, SETTINGS } from './settings.ts'

/** What a workflow said in `with:`. */
export interface Inputs {
  readonly given: ReadonlyMap<string, Given>
  /** One sentence for each input that action.yml does not have. */
  readonly warnings: readonly string[]
}

/**
 * Reads the inputs that the runner hands over as variables: `INPUT_` and the name, blanks as `_`, upper
 * case, hyphens kept. An input that is empty was not given.
 */
export function inputsIn(env: Readonly<Record<string, string | undefined>>): Inputs {
  const given = new Map<string, Given>()
  const warnings: string[] = []
  const names = SETTINGS.map((setting) => setting.name)
  for (const [key, value = ''] of Object.entries(env)) {
    if (!key.startsWith('INPUT_')) continue
    const name = key.slice('INPUT_'.length).toLowerCase()
    const text = value.trim()
    if (!names.includes(name)) {
      const nearest = nearestOf(name, names)
      const hint =
        nearest === undefined ? `known are ${names.join(', ')}` : `did you mean "${nearest}"?`
      warnings.push(`Input "${name}" is not known and was not used: ${hint}`)
    } else if (text !== '') {
      given.set(name, { text, place: `input "${name}"` })
    }
  }
  return { given, warnings }
}
