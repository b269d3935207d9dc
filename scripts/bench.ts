/**
 * Measures Assay side by side with others and prints one report.
 *
 * Usage: npm run bench -- [startup] [inventory] [integrity] [signing] [verifying] [options]
 *
 * Without a name, all parts run. Build `dist/` first.
 *
 *   --checkouts <folder>   a real checkout for `inventory`; repeatable
 *   --recordings <folder>  what `scripts/record.ts` made, for `integrity`; default .cache/recordings
 *   --write <file>         also puts the report between the markers in a document
 *
 * `SYFT` names the program to compare with when it is not on the path.
 */
import { execFileSync } from 'node:child_process'
import { cpus, totalmem, type } from 'node:os'
import { parseArgs } from 'node:util'
import { benchIntegrity } from './bench/integrity.ts'
import { benchInventory } from './bench/inventory.ts'
import { memoryMethod } from './bench/measure.ts'
import { benchSigning } from './bench/signing.ts'
import { benchStartup } from './bench/startup.ts'
import { renderTable, type Table } from './bench/table.ts'
import { benchVerifying } from './bench/verifying.ts'
import { writeInto } from './write-into.ts'

const PARTS = ['startup', 'inventory', 'integrity', 'signing', 'verifying'] as const

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      checkouts: { type: 'string', multiple: true, default: [] },
      recordings: { type: 'string', default: '.cache/recordings' },
      write: { type: 'string' }
    }
  })
  const unknown = positionals.find((name) => !PARTS.some((part) => part === name))
  if (unknown !== undefined) {
    process.stderr.write(`unknown part "${unknown}": expected one of ${PARTS.join(', ')}\n`)
    process.exitCode = 2
    return
  }
  const wanted = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part))
  const syft = foundSyft()
  const measure: Readonly<Record<(typeof PARTS)[number], () => Promise<Table>>> = {
    startup: benchStartup,
    inventory: () => benchInventory({ checkouts: values.checkouts, syft: syft?.path }),
    integrity: () => benchIntegrity(values.recordings),
    signing: benchSigning,
    verifying: benchVerifying
  }
  const tables: Table[] = []
  for (const part of wanted) {
    process.stderr.write(`measuring ${part} …\n`)
    tables.push(await measure[part]())
  }
  const left = PARTS.filter((part) => !wanted.includes(part))
  const conditions = [
    ...conditionsOf(syft?.version),
    ...(left.length > 0 ? [`Not measured in this run: ${left.join(', ')}.`] : [])
  ]
  const report = [...conditions.map((text) => `- ${text}`), '', ...tables.map(renderTable)].join(
    '\n'
  )
  process.stdout.write(`${report}\n`)
  if (values.write !== undefined) writeInto(values.write, 'bench', report)
}

/** When, on what, and with which programs. */
function conditionsOf(syft: string | undefined): readonly string[] {
  const [first] = cpus()
  const versions = [
    ['npm', '--version'],
    ['uv', '--version'],
    ['cargo', '--version'],
    ['go', 'version']
  ].map(([file = '', argument = '']) =>
    firstLineOf(file, [argument])?.replace(/^(?=\d)/, `${file} `)
  )
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${type()}, ${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}.`,
    `Beside: ${[...versions, syft].filter((version) => version !== undefined).join(', ')}.`,
    `Wall time is that of the process, from start to end; CPU is user and system time; ${memoryMethod()}.`
  ]
}

function foundSyft(): { readonly path: string; readonly version: string } | undefined {
  const path = process.env['SYFT'] ?? 'syft'
  const text = firstLineOf(path, ['--version'])
  return text === undefined
    ? undefined
    : { path, version: text.replace(/\[not provided\]/, 'of no stated version') }
}

/** @returns nothing when the program is not there */
function firstLineOf(file: string, args: readonly string[]): string | undefined {
  try {
    const text = execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return text.trim().split('\n', 1)[0]
  } catch {
    return undefined
  }
}

void main()
