import type { Component } from '../model/component.ts'
import { digestsFromSri } from '../model/digest.ts'
import { ParseError } from '../model/errors.ts'
import { purlOf } from '../model/purl.ts'
import { type Ecosystem, type Extraction, extractionOf, type SourceFile } from './ecosystem.ts'

/** Thin slice: package-lock version 2 and 3 without edges. */
export const npm: Ecosystem = {
  id: 'npm',
  ecosystem: 'npm',
  reads: '`package-lock.json`, `npm-shrinkwrap.json`',
  recognises: (basename) => basename === 'package-lock.json' || basename === 'npm-shrinkwrap.json',
  extract
}

interface LockEntry {
  readonly version?: string
  readonly integrity?: string
}

function extract(file: SourceFile): Extraction {
  let lock: { packages?: Record<string, LockEntry> } | null
  try {
    lock = JSON.parse(file.text) as typeof lock
  } catch (cause) {
    throw new ParseError({
      code: 'LOCKFILE_SYNTAX',
      message: `Cannot parse "${file.path}" as JSON`,
      remedy: 'Run `npm install --package-lock-only` and commit the result',
      cause
    })
  }
  const components = Object.entries(lock?.packages ?? {})
    .filter(([folder]) => folder !== '')
    .map(([folder, entry]): Component => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
      const version = entry.version ?? ''
      const location = { path: file.path }
      return {
        purl: purlOf('npm', name, version),
        ecosystem: 'npm',
        name,
        version,
        direct: false,
        origin: { kind: 'registry' },
        files: [{ digests: digestsFromSri(entry.integrity ?? ''), location }],
        licenses: [],
        dependsOn: [],
        locations: [location]
      }
    })
  return extractionOf(components, [], [])
}
