import { compareGoVersions } from '../../formats/go-module.ts'
import type { Component, Gap } from '../../model/component.ts'
import { type GoContext, registryComponent, unfetchable } from './components.ts'
import { listsWholeBuild, type MainModule } from './project.ts'

/**
 * What is built and stands in no go.mod. Before go 1.17 that is most of it; in a workspace, what a member's
 * upgrade pulls up for the others. Only what the checksum files tell beyond doubt becomes a component.
 */
export function unlistedModules(
  context: GoContext,
  listed: readonly Component[]
): { readonly components: readonly Component[]; readonly gaps: readonly Gap[] } {
  const { project, sums } = context
  const old = project.mains.filter(
    ({ mod }) => mod.requirements.length > 0 && !listsWholeBuild(mod)
  )
  const gaps: Gap[] = [...old.map(unprunedGap), ...upgradedGaps(context)]
  const components: Component[] = []
  if (old.length === 0) return { components, gaps }
  const known = new Set([
    ...project.mains.map((main) => main.path),
    ...context.list.modules.keys(),
    ...listed.map((component) => component.name)
  ])
  for (const path of sums.paths()) {
    if (known.has(path)) continue
    const { zips = [], highestMod = '' } = sums.listed(path) ?? {}
    const [first, ...others] = zips
    if (first === undefined) continue
    const { version, location } = first
    const reason =
      unfetchable(path, version) ??
      (others.length > 0
        ? `the checksum file lists ${zips.length} versions, and go.mod does not say which is built`
        : compareGoVersions(highestMod, version) > 0
          ? `the checksum file lists the zip of ${version} and the go.mod of ${highestMod}, and go.mod does not say which is built`
          : undefined)
    if (reason === undefined) {
      components.push(registryComponent({ path, version }, sums, [location]))
    } else {
      gaps.push({ name: path, reason, location })
    }
  }
  return { components, gaps }
}

function unprunedGap({ path, file, mod }: MainModule): Gap {
  const { go } = mod
  const which = go ? `is for go ${go.version}` : 'has no go line'
  return {
    name: path === '' ? file : path,
    reason: `go.mod ${which}; before go 1.17 it does not list what dependencies depend on`,
    location: { path: file, ...(go && { line: go.line }) }
  }
}

/** Highest of the members' requirements is not always what a workspace selects: a checksum file may show it. */
function upgradedGaps({ project, list, sums }: GoContext): readonly Gap[] {
  if (project.workspace === undefined) return []
  return [...list.modules.values()].flatMap(({ path, version, replacement }) => {
    const highest = sums.listed(path)?.zips.at(-1)
    if (replacement || !highest || compareGoVersions(highest.version, version) <= 0) return []
    const reason = `a checksum file lists ${highest.version}, above ${version} of every member: the workspace may build it`
    return [{ name: path, reason, location: highest.location }]
  })
}
