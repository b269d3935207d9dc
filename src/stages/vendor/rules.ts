import type { Rule } from '../../model/finding.ts'

export const MISSING_FILE: Rule = {
  id: 'vendor/missing-file',
  title: 'A vendored file is missing',
  severity: 'high',
  why: 'What the lock promises is not there as a file of its own, so that nothing was compared. A link does not count: what it leads to can be changed without the lock.',
  remedy:
    'Put the file back, with `git lfs pull` or without a sparse checkout where that is the cause; or take it out of the lock, and out of the policy.'
}

export const DIGEST_MISMATCH: Rule = {
  id: 'vendor/digest-mismatch',
  title: 'A vendored file is not the locked one',
  severity: 'critical',
  why: 'Its bytes were changed, or the lock was: what is built is not what was reviewed.',
  remedy:
    'Do not build it. Get the file again from where it came from, and compare; write the new digest into the lock only for a version that you meant to take.'
}

export const BAD_SIGNATURE: Rule = {
  id: 'vendor/bad-signature',
  title: 'The signature of a vendored file does not hold',
  severity: 'critical',
  why: 'The file was not signed with the key that is trusted, or it was changed after that, or it was signed under another name: an old or another file in the place of this one.',
  remedy:
    'Do not build it. Get file and signature again from where they came from, and check them with `minisign -Vm <file> -P <public key>`.'
}

export const KEY_CHANGED: Rule = {
  id: 'vendor/key-changed',
  title: 'The key of a vendored folder was replaced',
  severity: 'critical',
  why: 'Whoever can change the files and the key can sign anything. The key that the policy pins, or that the base branch has, is the one that was trusted.',
  remedy:
    'Ask the publisher whether the key is theirs, by another way than this change. Then pin it in the policy of the base branch, under `vendor.keys`, and merge that first.'
}

export const LEGACY_SIGNATURE: Rule = {
  id: 'vendor/legacy-signature',
  title: 'A vendored file has a signature of the old form only',
  severity: 'high',
  why: 'The old form of minisign signs the file itself instead of its hash. It is not accepted unless the policy allows it, and was not looked at.',
  remedy:
    'Have it signed again with minisign 0.10 or newer, or set `vendor.allow-legacy: true` in the policy.'
}

export const UNSIGNED: Rule = {
  id: 'vendor/unsigned',
  title: 'A vendored file is not signed',
  severity: 'high',
  why: 'Only the lock beside it says what it should be, and whoever changes the one can change the other.',
  remedy:
    'Put the `.minisig` file of its publisher beside it, and the public key into the lock, or into `vendor.keys` of the policy. Sign the lock itself where the publisher signs nothing.'
}

export const NOT_LISTED: Rule = {
  id: 'vendor/not-listed',
  title: 'A vendored folder has files that its lock does not list',
  severity: 'medium',
  why: 'Nothing pins what they are, and they are easily taken for what was vendored.',
  remedy: 'List them in the lock, remove them, or leave them out with `exclude`.'
}

export const BASE_UNREADABLE: Rule = {
  id: 'vendor/base-unreadable',
  title: 'Nobody knows which keys the base branch trusts',
  severity: 'medium',
  why: 'A pull request could have replaced the key of a vendored folder that the policy does not pin.',
  remedy:
    'Pin the keys in the policy, or check out with `fetch-depth: 0`, or give Assay its `github-token` and `contents: read`.'
}
