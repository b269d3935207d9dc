import { flagOf, SWITCHES, TERMINAL_SETTINGS } from './command-line.ts'
import { VERSION } from './model/version.ts'
import { wrapped } from './reports/wording.ts'
import type { Setting } from './setting.ts'
import { PATH } from './settings.ts'

/** Columns of the page. */
const WIDTH = 92

/** Columns of the flags, before what they do. */
const FLAG_WIDTH = 28

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['assay', 'look at the current folder'],
  ['assay ../service --out report', "another checkout; documents into 'report'"],
  ['assay --offline', 'no network: list dependencies and write SBOMs only'],
  ['assay --integrity all', 'read every locked file, for all platforms'],
  ['assay --fail-on medium', 'be stricter than the policy file'],
  ['assay --json | jq .verdict', 'for machines'],
  ['assay verify app.tgz --identity <workflow> --issuer <address>', 'is it what they signed?'],
  ['assay verify ghcr.io/o/app:1.0 --public-key cosign.pub', 'the same of an image, and a key'],
  ['assay verify app.tgz', 'refuses, and shows who signed it, with the flags']
]

const EXIT_STATUS: readonly (readonly [string, string])[] = [
  ['0', 'The verdict is pass.'],
  ['1', 'The verdict is fail, or the run was ended (Ctrl+C) or could not be made.'],
  ['2', 'Wrong usage or configuration: a flag, the policy file, a permission.']
]

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['NO_COLOR, FORCE_COLOR', 'Never, or always, use colours. Flags come first.'],
  ['HTTPS_PROXY, HTTP_PROXY, NO_PROXY', 'Proxies, for every request.'],
  ['NODE_EXTRA_CA_CERTS', 'A file of further certificates to trust.'],
  ['GITHUB_TOKEN, GH_TOKEN', "For GitHub's REST API, where git does not have the base commit."],
  ['NPM_TOKEN and the like', "What the project's own registry configuration names."]
]

/** The page that `--help` prints. */
export function helpPage(): string {
  const groups = [...new Set(TERMINAL_SETTINGS.map((setting) => setting.group))]
  return [
    `Assay ${VERSION}: lists what a checkout depends on, compares every locked digest with the bytes`,
    'that the registry serves, writes SBOMs, and judges by policy. It installs nothing and runs no',
    'code of the checkout.',
    '',
    'Usage: assay [<path>] [flags]           in a clone of Assay: npm start -- [<path>] [flags]',
    '       assay verify <image|file|bundle|sha256:…>… [flags]',
    '',
    ...part('Examples', EXAMPLES, 32),
    ...groups.flatMap((group) =>
      part(
        group,
        TERMINAL_SETTINGS.filter((setting) => setting.group === group).map(rowOf),
        FLAG_WIDTH
      )
    ),
    ...part(
      'How it is shown',
      SWITCHES.map((one) => [`${'short' in one ? `-${one.short}, ` : ''}--${one.name}`, one.help]),
      FLAG_WIDTH
    ),
    ...part('Exit status', EXIT_STATUS, 5),
    ...part('Environment', ENVIRONMENT, 36)
  ].join('\n')
}

function rowOf(setting: Setting): readonly [string, string] {
  const { choices, repeatable, value } = setting
  const flag = setting.name === PATH.name ? '<path>' : flagOf(setting)
  const shown = value === undefined || flag === '<path>' ? flag : `${flag} ${value}`
  const fallback = setting.terminalDefault ?? setting.default
  const details = [
    setting.flagHelp ?? setting.help.replaceAll('`', ''),
    ...(choices?.length ? [`One of ${choices.join(', ')}.`] : []),
    ...(repeatable ? ['Repeatable.'] : []),
    ...(value !== undefined && fallback !== '' ? [`Default: ${fallback}`] : [])
  ]
  return [shown, details.join(' ')]
}

function part(
  title: string,
  rows: readonly (readonly [string, string])[],
  width: number
): readonly string[] {
  return [`${title}:`, ...rows.flatMap(([left, right]) => columns(left, right, width)), '']
}

function columns(left: string, right: string, width: number): readonly string[] {
  const lines = wrapped(right, WIDTH - width - 2)
  const fits = left.length < width
  const rows = fits ? lines : ['', ...lines]
  return rows.map((line, at) =>
    `  ${(at === 0 ? left : '').padEnd(at === 0 && !fits ? 0 : width)}${line}`.trimEnd()
  )
}
