import { expect, it } from '@jest/globals'
import {
  askedForBy,
  projectNameOf,
  requiredPythonOf
} from '../../../src/formats/python/pyproject.ts'
import { parseToml } from '../../../src/formats/toml.ts'

const asked = (text: string): readonly string[] =>
  askedForBy(tableOf(text)).map(({ name, extras, constraint, marker = '', scope }) =>
    [name, extras.join('+'), constraint, marker, scope].join(' | ')
  )

it('reads the standard tables', () => {
  const text = `
[project]
name = "My.App"
requires-python = ">=3.9"
dependencies = ["Requests[socks]>=2 ; os_name == 'nt'", "not a requirement!"]
[project.optional-dependencies]
web = ["flask"]
all = ["my-app[web]"]
[dependency-groups]
dev = ["pytest", { include-group = "lint" }]
lint = ["ruff==1.0"]`

  expect(asked(text)).toEqual([
    "requests | socks | >=2 | os_name == 'nt' | runtime",
    'flask |  |  |  | optional',
    'pytest |  |  |  | development',
    'ruff |  | ==1.0 |  | development'
  ])
  expect(projectNameOf(tableOf(text))).toBe('my-app')
  expect(requiredPythonOf(tableOf(text))).toBe('>=3.9')
})

it("reads Poetry's tables", () => {
  const text = `
[tool.poetry]
name = "app"
[tool.poetry.dependencies]
python = "^3.8"
Django = "^4"
uvloop = { version = "*", platform = "linux", optional = true, extras = ["Dev"] }
numpy = [{ version = "<2", python = "<3.9" }, { version = ">=2", markers = "os_name == 'nt'", python = ">=3.9" }]
[tool.poetry.dev-dependencies]
black = "*"
[tool.poetry.group.docs.dependencies]
sphinx = "*"`

  expect(asked(text)).toEqual([
    'django |  | ^4 |  | runtime',
    "uvloop | dev | * | sys_platform == 'linux' | optional",
    "numpy |  | <2 | python_version < '3.9' | runtime",
    "numpy |  | >=2 | os_name == 'nt' and python_version >= '3.9' | runtime",
    'black |  | * |  | development',
    'sphinx |  | * |  | development'
  ])
  expect(requiredPythonOf(tableOf(text))).toBe('^3.8')
})

it("reads PDM's and uv's development tables", () => {
  expect(
    asked('[tool.pdm.dev-dependencies]\ntest = ["pytest"]\n[tool.uv]\ndev-dependencies = ["ruff"]')
  ).toEqual(['pytest |  |  |  | development', 'ruff |  |  |  | development'])
})

it('takes nothing from tables of other shapes', () => {
  expect(
    asked(
      'project = 1\ndependency-groups = ["x"]\n[tool]\npoetry = { dependencies = [1], group = "x" }'
    )
  ).toEqual([])
})

function tableOf(text: string): Readonly<Record<string, unknown>> {
  return parseToml({ path: 'pyproject.toml', text }, { code: 'CONFIG_SYNTAX', remedy: '' }).value
}
