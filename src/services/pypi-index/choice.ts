import { posix } from 'node:path'
import { chooseDistribution } from '../../formats/python/target.ts'
import type { Component, LockedFile } from '../../model/component.ts'
import type { RegistryClient } from '../registry.ts'
import type { Lookup } from './lookup.ts'
import { isMeantFor, type Target } from './target.ts'

type Targets = (folder: string) => Target

/**
 * Decides which one of a component's files this machine would install: the wheel that fits best, else the source.
 * Of bare hashes only the index knows which files they are of.
 */
export function installChoice(lookup: Lookup, targetOf: Targets): RegistryClient['selects'] {
  const chosenName = perFolder((component, file) => {
    const names = component.files.flatMap(({ name }) => name ?? [])
    return chooseDistribution(names, targetOf(folderOf(file)).tags, component.name)
  })
  const chosenHashes = perFolder((component, file) =>
    chooseHashes(component, file, { lookup, targetOf })
  )
  return (component, file) => {
    const target = targetOf(folderOf(file))
    if (!isMeantFor(component.platform?.marker, target)) return false
    if (component.origin.kind !== 'registry') return true
    if (file.name !== undefined) return chosenName(component, file) === file.name
    return chosenHashes(component, file).then((chosen) => chosen.has(file))
  }
}

/** The hashes of the one file that is chosen. */
async function chooseHashes(
  component: Component,
  file: LockedFile,
  { lookup, targetOf }: { readonly lookup: Lookup; readonly targetOf: Targets }
): Promise<ReadonlySet<LockedFile>> {
  const bare = component.files.filter(({ name }) => name === undefined)
  const named = await lookup.find(component, file, (page) => {
    const found = bare.map((each) => [each, page.withDigest(each.digests)?.name] as const)
    return found.some(([, name]) => name !== undefined) ? found : undefined
  })
  const names = (named ?? []).flatMap(([, name]) => name ?? [])
  const chosen = chooseDistribution(names, targetOf(folderOf(file)).tags, component.name)
  const files = (named ?? []).filter(([, name]) => name !== undefined && name === chosen)
  return new Set(files.map(([each]) => each))
}

/** Remembers an answer for each component, and each folder whose configuration counts for it. */
function perFolder<Answer>(
  ask: (component: Component, file: LockedFile) => Answer
): (component: Component, file: LockedFile) => Answer {
  const answers = new WeakMap<Component, Map<string, { readonly answer: Answer }>>()
  return (component, file) => {
    const known = answers.get(component) ?? new Map<string, { readonly answer: Answer }>()
    answers.set(component, known)
    const folder = folderOf(file)
    const kept = known.get(folder) ?? { answer: ask(component, file) }
    known.set(folder, kept)
    return kept.answer
  }
}

function folderOf({ location }: LockedFile): string {
  return posix.dirname(location.path)
}
