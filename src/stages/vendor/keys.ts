import { type MinisignKey, parseMinisignKey } from '../../formats/minisign.ts'
import { type Finding, findingOf } from '../../model/finding.ts'
import type { VendorPolicy } from '../../model/policy.ts'
import { textMatches } from '../../policy/wildcard.ts'
import type { BaseLock, Pack } from './packs.ts'
import { KEY_CHANGED } from './rules.ts'

/** The keys that count for a folder, and who says so. */
export interface Trust {
  readonly keys: readonly MinisignKey[]
  readonly from: 'policy' | 'lock'
}

/** The policy's word counts alone where it has one: a lock comes with the files that it is to hold. */
export function trustOf({ lock }: Pick<Pack, 'lock'>, { keys }: VendorPolicy): Trust {
  const pinned = keys
    .filter(({ packs }) => packs.some((pattern) => textMatches(pattern, lock.name)))
    .flatMap(({ pubkeys }) => pubkeys)
    .map(parseMinisignKey)
    .filter((key) => typeof key !== 'string')
  if (pinned.length > 0) return { keys: pinned, from: 'policy' }
  return { keys: lock.key ? [lock.key] : [], from: 'lock' }
}

/** Says that the lock names another key than the policy, or than the base commit. */
export function keyChange(
  pack: Pack,
  trust: Trust,
  base: { readonly commit: string; readonly locks: readonly BaseLock[] } | undefined
): readonly Finding[] {
  const { key, name, version } = pack.lock
  const mine = key ? `the lock names ${keyText(key)}` : 'the lock names none any more'
  const before =
    trust.from === 'policy'
      ? { keys: trust.keys, who: 'the policy pins' }
      : { keys: keysBefore(pack, base?.locks ?? []), who: `base commit ${base?.commit} has` }
  // A lock may leave the key to the policy.
  if (trust.from === 'policy' && !key) return []
  if (before.keys.length === 0 || before.keys.some(({ text }) => text === key?.text)) return []
  const theirs = before.keys.map(keyText).join(' or ')
  return [
    findingOf(KEY_CHANGED, {
      subject: pack.path,
      message: `The key of ${name} ${version} is not the trusted one: ${before.who} ${theirs}, ${mine}`,
      locations: [{ path: pack.path, ...(key && { line: key.line }) }]
    })
  ]
}

/** The keys of the same place; of the same name, for a folder that is new. */
function keysBefore({ path, lock }: Pack, locks: readonly BaseLock[]): readonly MinisignKey[] {
  const same = locks.filter((before) => before.path === path)
  const known = same.length > 0 ? same : locks.filter((before) => before.lock.name === lock.name)
  return known.flatMap((before) => before.lock.key ?? [])
}

function keyText({ id, text }: MinisignKey): string {
  return `${text} (${id})`
}
