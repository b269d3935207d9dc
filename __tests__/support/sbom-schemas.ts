import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

const ROOT = join(import.meta.dirname, '../..')

/** Of the official schema, as tagged v2.3 in the specification's repository. */
const SPDX_SCHEMA_SHA256 = '239208b7ac287b3cf5d9a9af23f9d69863971102a5e1587a27a398b43490b89b'

/** What the CycloneDX project's own validator finds wrong by its strict schema of 1.6; nothing when it is valid. */
export async function cyclonedxProblem(text: string): Promise<unknown> {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
  return (await validator.validate(text)) ?? undefined
}

const CYCLONEDX = join(ROOT, 'node_modules/@cyclonedx/cyclonedx-library/res/schema')

/**
 * The same for a large document. The form of its addresses is left to the small ones, and that nothing is there
 * twice to other tests: they take half a minute for a thousand components.
 */
export function largeCyclonedxProblem(text: string): ValidateFunction['errors'] | undefined {
  const ajv = new Ajv({ strict: false, formats: { 'iri-reference': true, 'idn-email': true } })
  addFormats.default(ajv)
  for (const name of ['spdx', 'jsf-0.82']) {
    const schema = readFileSync(join(CYCLONEDX, `${name}.SNAPSHOT.schema.json`), 'utf8')
    const id = `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`
    ajv.addSchema(JSON.parse(schema) as object, id)
  }
  const schema = readFileSync(join(CYCLONEDX, 'bom-1.6.SNAPSHOT.schema.json'), 'utf8')
  const validate = ajv.compile(
    JSON.parse(schema, (key, value: unknown) => (key === 'uniqueItems' ? false : value)) as object
  )
  return validate(JSON.parse(text)) ? undefined : validate.errors
}

/** SPDX's schema and tools are in no npm package: Python ones bring them. */
const SCHEMA = globSync('.cache/py/**/lib4sbom/schemas/spdx/2.3-schema.json', { cwd: ROOT })[0]
const PYTHON = globSync('.cache/py/{bin,Scripts}/{python,python.exe}', { cwd: ROOT })[0]

/** Whether SPDX documents can be validated here. */
export const hasSpdxTools = SCHEMA !== undefined && PYTHON !== undefined

/** What to do about it when they cannot. */
export const SPDX_TOOLS_MISSING =
  'Nothing was validated as SPDX: run `python3 -m venv .cache/py && .cache/py/bin/pip install -r .ci/requirements.txt`'

/** Makes a check by the official schema of SPDX 2.3: what is wrong with a document, nothing when it is valid. */
export function spdxSchemaCheck(): (text: string) => ValidateFunction['errors'] | undefined {
  const schema = readFileSync(join(ROOT, SCHEMA ?? ''))
  if (createHash('sha256').update(schema).digest('hex') !== SPDX_SCHEMA_SHA256) {
    throw new Error(`"${SCHEMA ?? ''}" is not the official schema`)
  }
  const ajv = new Ajv({ allErrors: true, strict: false })
  const validate = ajv.compile(JSON.parse(schema.toString()) as object)
  return (text) => (validate(JSON.parse(text)) ? undefined : validate.errors)
}

/** What the SPDX project's tools, which check meaning too, find wrong with documents, by name; empty when nothing. */
export function spdxToolsProblems(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-spdx-'))
  try {
    const names = Object.keys(texts).map((name) => `${name}.spdx.json`)
    for (const [name, text] of Object.entries(texts)) {
      writeFileSync(join(folder, `${name}.spdx.json`), text)
    }
    const script = join(ROOT, 'scripts/validate_spdx.py')
    const result = spawnSync(join(ROOT, PYTHON ?? ''), [script, ...names], {
      cwd: folder,
      encoding: 'utf8'
    })
    return result.status === 0 ? result.stdout : `${result.stdout}${result.stderr}` || 'failed'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
