import { basename } from 'node:path'
import type { ArtifactStore, StoredArtifact } from '../host/host.ts'
import { InputError } from '../model/errors.ts'
import { NOT_ASKED_FOR } from '../model/report.ts'
import type { Inline, Section } from '../model/section.ts'
import { defineStage, type RunContext } from './stage.ts'

/** Cells of a matrix share the id of their job: this many find a name. */
const MAX_NAMES = 100

/** Stores every document of the run as one artifact of the workflow run. */
export const upload = defineStage({
  id: 'upload',
  title: 'Upload the documents',
  needs: {},
  rules: [],
  skipReason({ settings, host }) {
    if (!settings.uploadArtifact) return NOT_ASKED_FOR
    if (settings.offline) return 'the run uses no network'
    return host.artifacts === undefined ? (host.noArtifacts ?? 'no artifact store') : undefined
  },
  async run(context) {
    const { artifacts } = context.host
    if (artifacts === undefined) throw new Error('Skipped without an artifact store')
    const documents = await context.publish()
    const paths = documents.map(({ path }) => path)
    const { name, stored } = await storeUnder(namesFor(context), artifacts, paths, context)
    const { id, url = '', digest = '' } = stored
    return {
      output: stored,
      section: sectionOf(name, stored, paths),
      stats: { documents: documents.length },
      outputs: {
        'artifact-name': name,
        'artifact-id': id,
        'artifact-url': url,
        'artifact-digest': digest
      }
    }
  }
})

/** @throws InputError `INPUT_CONFLICT` when every name is taken */
async function storeUnder(
  names: readonly string[],
  artifacts: ArtifactStore,
  paths: readonly string[],
  { settings }: RunContext
): Promise<{ readonly name: string; readonly stored: StoredArtifact }> {
  const days = settings.artifactRetentionDays
  const options = { root: settings.out, ...(days !== undefined && { retentionDays: days }) }
  for (const name of names) {
    const stored = await artifacts.upload(name, paths, options)
    if (stored !== undefined) return { name, stored }
  }
  throw new InputError({
    code: 'INPUT_CONFLICT',
    message: `Cannot upload the documents: this workflow run has an artifact "${names[0] ?? ''}" already`,
    remedy: 'Give each use of Assay its own `artifact-name`, with the values of a matrix in it'
  })
}

/** The name that was asked for, else names made from the job's id. */
function namesFor({ settings, host }: RunContext): readonly string[] {
  if (settings.artifactName !== undefined) return [settings.artifactName]
  const base = `assay-${(host.env['GITHUB_JOB'] ?? 'run').replace(/[^A-Za-z0-9_-]/g, '_')}`
  return [base, ...Array.from({ length: MAX_NAMES - 1 }, (_, at) => `${base}-${at + 2}`)]
}

function sectionOf(
  name: string,
  { url, digest }: StoredArtifact,
  paths: readonly string[]
): Section {
  const shown: Inline = url === undefined ? { code: name } : { link: { text: name, url } }
  return {
    title: 'Documents',
    blocks: [
      {
        kind: 'paragraph',
        text: ['Artifact ', shown, ...(digest ? [', ', { code: digest }] : [])]
      },
      { kind: 'list', items: paths.map((path) => ({ code: basename(path) })) }
    ]
  }
}
