import type { ReadSibling, SourceFile } from './ecosystem.ts'
import { type Ecosystem, type Extraction, extractionOf } from './ecosystem.ts'
import { buildListOf } from './go/build-list.ts'
import { componentsOf } from './go/components.ts'
import { membersOf, moduleProject, workspaceProject } from './go/project.ts'
import { readSums } from './go/sums.ts'
import { unlistedModules } from './go/unlisted.ts'

/**
 * Go modules: the build list that go.mod or a workspace's go.mod files name, with the hashes of go.sum.
 * go.sum alone is no list of dependencies: it keeps versions that were only ever considered.
 *
 * @see https://go.dev/ref/mod
 */
export const go: Ecosystem = {
  id: 'go',
  ecosystem: 'Go',
  reads:
    '`go.mod` with `go.sum`, `go.work` with its members and `go.work.sum`: the build list, whole from go 1.17 on; ' +
    'edges of modules in the checkout only; no vendor folders',
  recognises: (basename) => basename === 'go.mod' || basename === 'go.work',
  entryPoints,
  extract
}

/** A member of a workspace is built as the workspace says. */
function entryPoints(paths: readonly string[], read: ReadSibling): readonly string[] {
  const members = new Set(paths.filter(isWorkspace).flatMap((path) => membersOf(path, read)))
  return paths.filter((path) => !members.has(path))
}

function extract(file: SourceFile, read: ReadSibling): Extraction {
  const project = isWorkspace(file.path) ? workspaceProject(file, read) : moduleProject(file)
  const list = buildListOf(project)
  const context = { project, list, sums: readSums(project.sums, read), read }
  const listed = componentsOf(context)
  const unlisted = unlistedModules(context, listed.components)
  const components = [...listed.components, ...unlisted.components]
  return extractionOf(
    components,
    components.filter(({ direct }) => direct).map(({ purl }) => purl),
    [...project.gaps, ...list.gaps, ...listed.gaps, ...unlisted.gaps]
  )
}

function isWorkspace(path: string): boolean {
  return path.endsWith('go.work')
}
