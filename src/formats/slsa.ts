import type { Signer } from '../model/signer.ts'
import { type JsonObject, jsonObjectOf } from './json.ts'

/** Predicate types of provenance. @see https://slsa.dev/spec/v1.1/provenance */
export const SLSA_PROVENANCE = {
  v02: 'https://slsa.dev/provenance/v0.2',
  v1: 'https://slsa.dev/provenance/v1'
} as const

/** Where something was built, and by what, as its certificate says it. */
export function provenanceText(signer: Signer): string {
  const { repository, commit, workflow, identity, builder } = signer
  const from = `${repository ?? 'an unnamed repository'}${commit === undefined ? '' : ` at ${commit}`}`
  const by = builder === undefined ? '' : `, with ${builder}`
  return `built from ${from} by ${workflow ?? identity}${by}`
}

/**
 * Compares a predicate, which the build writes, with the certificate, which it cannot write.
 *
 * @returns what differs of the source, as text
 */
export function provenanceMismatch(predicate: JsonObject, signer: Signer): string | undefined {
  const { repository, commit } = sourceIn(predicate)
  if (repository !== undefined && signer.repository !== undefined) {
    const told = repositoryIn(repository)
    if (told !== signer.repository) {
      return `it says that ${told.slice(0, 100)} was built, its certificate says ${signer.repository}`
    }
  }
  if (commit !== undefined && signer.commit !== undefined && commit !== signer.commit) {
    return `it says that commit ${commit.slice(0, 64)} was built, its certificate says ${signer.commit}`
  }
  return undefined
}

/** `git+https://github.com/o/r.git@refs/tags/v1` is of `https://github.com/o/r`. */
function repositoryIn(uri: string): string {
  const plain = uri.startsWith('git+') ? uri.slice('git+'.length) : uri
  const at = plain.indexOf('@')
  const address = at === -1 ? plain : plain.slice(0, at)
  return address.endsWith('.git') ? address.slice(0, -'.git'.length) : address
}

interface StatedSource {
  readonly repository?: string | undefined
  readonly commit?: string | undefined
}

/** @see https://slsa.dev/spec/v1.1/provenance @see https://slsa.dev/spec/v0.2/provenance */
function sourceIn(predicate: JsonObject): StatedSource {
  const definition = jsonObjectOf(predicate['buildDefinition'])
  if (definition) {
    const parameters = jsonObjectOf(definition['externalParameters'])
    const { repository } = jsonObjectOf(parameters?.['workflow']) ?? {}
    const list = definition['resolvedDependencies']
    const first: unknown = Array.isArray(list) ? list[0] : undefined
    const { gitCommit } = jsonObjectOf(jsonObjectOf(first)?.['digest']) ?? {}
    return { repository: textOf(repository), commit: textOf(gitCommit) }
  }
  const source = jsonObjectOf(jsonObjectOf(predicate['invocation'])?.['configSource'])
  const { sha1 } = jsonObjectOf(source?.['digest']) ?? {}
  return { repository: textOf(source?.['uri']), commit: textOf(sha1) }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
