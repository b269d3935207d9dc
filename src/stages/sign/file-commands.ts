import { type CommandsQuestion, cosignFlags, ghFlags, quoted } from './commands.ts'
import { ATTESTATIONS } from './file-names.ts'
import type { CheckCommand, Kept, SignedSubject } from './signing.ts'

/** Files that lines are shown for: those of the others differ in the names alone. */
export const MAX_SHOWN_FILES = 10

/** Lines for a shell with which anybody can check a file that lies where it was signed, beside the documents. */
export function fileCommands(
  { given, kept }: SignedSubject,
  question: CommandsQuestion
): readonly CheckCommand[] {
  const verified = kept.filter(({ outcome }) => outcome === 'verified')
  const path = quoted(argumentOf(given))
  const signature = verified.find(({ says, form }) => says === 'signature' && form === 'file')
  const bundle = signature === undefined ? [] : ['--bundle', quoted(signature.source)]
  const lines = [
    ...(signature === undefined
      ? []
      : [['cosign', 'verify-blob', path, ...bundle, ...cosignFlags(question)]]),
    ...ghLine(path, verified, question)
  ]
  return lines.map((words) => ({ given, line: words.join(' ') }))
}

/** From GitHub where it keeps them, else from the list among the documents. */
function ghLine(
  path: string,
  verified: readonly Kept[],
  question: CommandsQuestion
): readonly (readonly string[])[] {
  const stated = verified.filter(({ says }) => says !== 'signature')
  const atGithub = stated.filter(({ form }) => form === 'github')
  const listed = stated.filter(({ form }) => form === 'file')
  const types = (atGithub.length > 0 ? atGithub : listed).flatMap(
    ({ predicateType }) => predicateType ?? []
  )
  const flags = ghFlags(types, question)
  if (flags === undefined) return []
  const from = atGithub.length > 0 ? [] : ['--bundle', ATTESTATIONS]
  return [['gh', 'attestation', 'verify', path, ...from, ...flags]]
}

/** A line for minisign, which needs the public key alone. */
export function minisignCommand(given: string, source: string, publicKey: string): CheckCommand {
  const path = quoted(argumentOf(given))
  const line = ['minisign', '-V', '-P', quoted(publicKey), '-x', quoted(source), '-m', path].join(
    ' '
  )
  return { given, line }
}

/** A path that begins like a flag is none. */
function argumentOf(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}
