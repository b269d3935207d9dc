import { outcomesOf } from './reports/wording.ts'
import type { RunResult } from './run.ts'

/** What a step gives to later ones, with its description in action.yml: verdict, counts, paths and digests, never documents. */
export const OUTPUTS = {
  verdict: '`pass` or `fail`.',
  findings: 'Number of findings that no waiver accepts.',
  lockfiles: 'Number of lockfiles that were read.',
  components: 'Number of components in the inventory.',
  gaps: 'Number of entries that were seen and could not be turned into components.',
  verified: 'Number of checks in which what was found matches what is locked.',
  contradicted: 'Number of checks in which it does not.',
  absent: 'Number of checks for which nothing is locked.',
  unavailable: 'Number of checks that could not be made.',
  'image-digests': 'One line for each image that was resolved: its name, `@` and its digest.',
  'vendor-exit-code':
    '`0` when every vendored file is there and signed, `2` when one or its signature is missing, `3` when bytes are not the locked ones, `4` when a signature does not hold: the highest counts. Empty without vendored folders.',
  'signed-subjects':
    'One line for each image manifest and file that was signed and read back from every place it was brought to: its name, `@` and its digest.',
  'verify-commands': 'The lines with which anybody can check them, as the summary shows them.',
  'bundle-paths': 'Absolute paths of the bundles among the documents, one a line.',
  'certificate-identity':
    'Name in the certificate that was signed with: the address of the workflow. Empty with a key.',
  'output-folder': 'Absolute path of the folder with the documents.',
  'spdx-path': 'Absolute path of the SBOM in SPDX 2.3 JSON.',
  'cyclonedx-path': 'Absolute path of the SBOM in CycloneDX 1.6 JSON.',
  'report-path': 'Absolute path of report.json, everything that the run found.',
  'summary-path': 'Absolute path of summary.md, the job summary in full.',
  'artifact-name':
    'Name of the workflow artifact with the documents; empty when none was uploaded.',
  'artifact-id': 'Its id.',
  'artifact-url': 'Address that it is downloaded from.',
  'artifact-digest': '`sha256:` and the SHA-256 of the archive, in hex.'
} as const

/** Outputs that are paths, by the name of the document. */
const PATH_OUTPUTS: ReadonlyMap<string, keyof typeof OUTPUTS> = new Map([
  ['sbom.spdx.json', 'spdx-path'],
  ['sbom.cdx.json', 'cyclonedx-path'],
  ['report.json', 'report-path'],
  ['summary.md', 'summary-path']
])

/** The outputs of a run, besides those that its stages gave. */
export function outputsOf({ report, documents }: RunResult, folder: string): Map<string, string> {
  const { verdict, components, gaps, lockfiles } = report
  const counts = {
    findings: verdict.findings.filter((finding) => finding.waiver === undefined).length,
    lockfiles: lockfiles.length,
    components: components.length,
    gaps: gaps.length,
    ...outcomesOf(report)
  }
  const outputs = new Map<string, string>([
    ['verdict', verdict.conclusion],
    ['output-folder', folder]
  ])
  for (const [name, count] of Object.entries(counts)) outputs.set(name, String(count))
  for (const { name, path } of documents) {
    const output = PATH_OUTPUTS.get(name)
    if (output !== undefined) outputs.set(output, path)
  }
  return outputs
}
