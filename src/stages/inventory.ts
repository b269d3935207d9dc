import type { Extraction, ReadSibling, SourceFile } from '../ecosystems/ecosystem.ts'
import { ECOSYSTEMS } from '../ecosystems/index.ts'
import type { Host } from '../host/host.ts'
import {
  byPurl,
  type Component,
  type Gap,
  type Lockfile,
  mergeComponents
} from '../model/component.ts'
import { ParseError } from '../model/errors.ts'
import { type Finding, findingOf, type Rule } from '../model/finding.ts'
import type { Purl } from '../model/purl.ts'
import { policyFile } from './policy-file.ts'
import { defineStage, type Inventory } from './stage.ts'

/** Largest lockfile that is read, in bytes: the largest real ones are under 20 MB. */
const MAX_LOCKFILE_BYTES = 256 * 1024 * 1024

/** Its subject is the path of the lockfile. */
export const UNREADABLE: Rule = {
  id: 'inventory/unreadable-lockfile',
  title: 'A lockfile cannot be read',
  severity: 'high',
  why: 'Nothing that this file locks was inventoried or checked.',
  remedy: 'Regenerate the lockfile with the package manager that wrote it, and commit the result.'
}

const NO_LOCKFILE: Rule = {
  id: 'inventory/no-lockfile',
  title: 'No lockfile was found',
  severity: 'medium',
  why: 'Without a lockfile nothing pins what will be installed, and there is nothing to check.',
  remedy: 'Commit the lockfile of your package manager, or point `path` at the folder that has it.'
}

/** Reads every lockfile of the checkout. No network. */
export const inventory = defineStage({
  id: 'inventory',
  title: 'List dependencies',
  needs: { policy: policyFile },
  rules: [UNREADABLE, NO_LOCKFILE],
  essential: true,
  async run({ host }) {
    const { paths } = await host.files.walk(() => false)
    const merged = new Map<Purl, Component>()
    const gaps: Gap[] = []
    const lockfiles: Lockfile[] = []
    const findings: Finding[] = []
    for (const { format, ecosystem, path, extract } of lockfilesIn(paths, host)) {
      try {
        const { components, direct, gaps: seen } = extract()
        for (const component of components) {
          const known = merged.get(component.purl)
          merged.set(component.purl, known ? mergeComponents(known, component) : component)
        }
        // One by one: a call takes only so many arguments, and a damaged lock may have any number of gaps.
        for (const gap of seen) gaps.push(gap)
        lockfiles.push({
          path,
          format,
          ecosystem,
          fixture: false,
          direct,
          components: components.map((component) => component.purl)
        })
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
        const line = error.line === undefined ? {} : { line: error.line }
        findings.push(
          findingOf(UNREADABLE, {
            subject: path,
            message: error.message,
            locations: [{ path: error.path ?? path, ...line }]
          })
        )
      }
    }
    if (lockfiles.length === 0 && findings.length === 0) {
      findings.push(
        findingOf(NO_LOCKFILE, { subject: '.', message: 'No lockfile in the checkout' })
      )
    }
    const output: Inventory = { components: [...merged.values()].sort(byPurl), gaps, lockfiles }
    return {
      output,
      findings,
      stats: {
        lockfiles: lockfiles.length,
        components: output.components.length,
        edges: output.components.reduce((sum, component) => sum + component.dependsOn.length, 0),
        gaps: gaps.length
      }
    }
  }
})

interface FoundLockfile {
  readonly path: string
  readonly format: string
  readonly ecosystem: string
  extract(): Extraction
}

function* lockfilesIn(paths: readonly string[], host: Host): Generator<FoundLockfile> {
  const read = readerOf(paths, host)
  for (const ecosystem of ECOSYSTEMS) {
    const named = paths.filter((path) =>
      ecosystem.recognises(path.slice(path.lastIndexOf('/') + 1))
    )
    const entries = ecosystem.entryPoints?.(named, read) ?? named
    for (const path of entries) {
      yield {
        path,
        format: ecosystem.id,
        ecosystem: ecosystem.ecosystem,
        extract: () => ecosystem.extract(fileOf(path, read), read)
      }
    }
  }
}

function readerOf(paths: readonly string[], host: Host): ReadSibling {
  const read = (path: string): SourceFile | undefined => {
    const text = host.files.readText(path, MAX_LOCKFILE_BYTES)
    return text === undefined ? undefined : { path, text }
  }
  const below = (folder: string): readonly string[] =>
    folder === '' ? paths : paths.filter((path) => path.startsWith(`${folder}/`))
  return Object.assign(read, { below })
}

function fileOf(path: string, read: ReadSibling): SourceFile {
  return read(path) ?? { path, text: '' }
}
