import type { Scope } from '../../model/component.ts'
import {
  fieldOf,
  isTable,
  type PlainTable,
  stringField,
  stringsField,
  tableField
} from '../plain-data.ts'
import { allMarkers } from './marker.ts'
import { isPythonName, normalPythonName } from './name.ts'
import { pythonMarker } from './poetry-constraint.ts'
import { parseRequirement } from './requirement.ts'

/** One dependency that a project names itself. */
export interface AskedFor {
  /** Normalised. */
  readonly name: string
  readonly extras: readonly string[]
  /** As written: PEP 440's form, or Poetry's in its own tables; empty when any version will do. */
  readonly constraint: string
  readonly marker?: string
  readonly scope: Scope
}

/** Name of the project, normalised; nothing when the file describes none. */
export function projectNameOf(pyproject: PlainTable): string | undefined {
  const named =
    stringField(tableField(pyproject, 'project'), 'name') ??
    stringField(tableField(tableField(pyproject, 'tool'), 'poetry'), 'name')
  return named === undefined ? undefined : normalPythonName(named)
}

/** Which Python a project asks for, as `pyproject.toml` writes it: PEP 440, or Poetry's own form. */
export function requiredPythonOf(pyproject: PlainTable): string | undefined {
  const poetry = tableField(tableField(pyproject, 'tool'), 'poetry')
  return (
    stringField(tableField(pyproject, 'project'), 'requires-python') ??
    stringField(tableField(poetry, 'dependencies'), 'python')
  )
}

/**
 * Everything that a `pyproject.toml` asks for by name: the project's own table, dependency groups, and the
 * tables of Poetry, PDM and uv. What it asks of itself (`all = ["me[a,b]"]`) is left out.
 *
 * @see https://packaging.python.org/en/latest/specifications/pyproject-toml/
 * @see https://packaging.python.org/en/latest/specifications/dependency-groups/
 * @see https://python-poetry.org/docs/pyproject/
 */
export function askedForBy(pyproject: PlainTable): readonly AskedFor[] {
  const project = tableField(pyproject, 'project')
  const tool = tableField(pyproject, 'tool')
  const own = projectNameOf(pyproject)
  return [
    ...requirementsOf(stringsField(project, 'dependencies'), 'runtime'),
    ...listsOf(tableField(project, 'optional-dependencies'), 'optional'),
    // A group that includes another adds nothing: all groups are listed here.
    ...listsOf(tableField(pyproject, 'dependency-groups'), 'development'),
    ...listsOf(tableField(tableField(tool, 'pdm'), 'dev-dependencies'), 'development'),
    ...requirementsOf(stringsField(tableField(tool, 'uv'), 'dev-dependencies'), 'development'),
    ...poetryAsks(tableField(tool, 'poetry'))
  ].filter(({ name }) => name !== own)
}

function listsOf(lists: PlainTable, scope: Scope): readonly AskedFor[] {
  return Object.keys(lists).flatMap((name) => requirementsOf(stringsField(lists, name), scope))
}

function requirementsOf(texts: readonly string[], scope: Scope): readonly AskedFor[] {
  return texts.flatMap((text) => {
    const requirement = parseRequirement(text)
    if (!requirement) return []
    const { name, extras, specifier, marker } = requirement
    return [{ name, extras, constraint: specifier, scope, ...(marker !== undefined && { marker }) }]
  })
}

function poetryAsks(poetry: PlainTable): readonly AskedFor[] {
  const groups = tableField(poetry, 'group')
  return [
    ...poetryTable(tableField(poetry, 'dependencies'), 'runtime'),
    ...poetryTable(tableField(poetry, 'dev-dependencies'), 'development'),
    ...Object.keys(groups).flatMap((name) =>
      poetryTable(tableField(tableField(groups, name), 'dependencies'), 'development')
    )
  ]
}

/** `requests = "^2"`, or a table, or a list of tables for different environments. */
function poetryTable(dependencies: PlainTable, scope: Scope): readonly AskedFor[] {
  return Object.entries(dependencies).flatMap(([written, value]) => {
    if (normalPythonName(written) === 'python' || !isPythonName(written)) return []
    const variants: readonly unknown[] = Array.isArray(value) ? value : [value]
    return variants.map((variant) => ({
      name: normalPythonName(written),
      extras: stringsField(variant, 'extras').map(normalPythonName),
      constraint: typeof variant === 'string' ? variant : (stringField(variant, 'version') ?? ''),
      scope: fieldOf(variant, 'optional') === true && scope === 'runtime' ? 'optional' : scope,
      ...poetryMarker(variant)
    }))
  })
}

function poetryMarker(variant: unknown): { readonly marker?: string } {
  if (!isTable(variant)) return {}
  const platform = stringField(variant, 'platform') ?? ''
  const markers = [
    stringField(variant, 'markers') ?? '',
    pythonMarker(stringField(variant, 'python') ?? ''),
    /^\w+$/.test(platform) ? `sys_platform == '${platform}'` : ''
  ].filter((marker) => marker !== '')
  return markers.length === 0 ? {} : { marker: allMarkers(markers) }
}
