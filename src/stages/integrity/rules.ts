import type { Rule } from '../../model/finding.ts'

export const DIGEST_MISMATCH: Rule = {
  id: 'integrity/digest-mismatch',
  title: 'A dependency is not what its lock promises',
  severity: 'critical',
  why: 'Either the lockfile was changed to let other bytes in, or what the registry serves was replaced. Package managers refuse such a dependency, unless the one that writes the lock does it anew and accepts the new bytes.',
  remedy:
    'Do not install it and do not lock it again. See with `git log -p -- <lockfile>` whether the digest in the lock was changed, and restore it if so. If it was not, compare with a copy from another machine or mirror, and report the version to the registry.'
}

export const LOG_MISMATCH: Rule = {
  id: 'integrity/log-mismatch',
  title: 'A public log records other bytes for a dependency',
  severity: 'critical',
  why: 'Lock and registry agree, but not with what the log showed to everybody else: you may be served bytes of your own.',
  remedy:
    'Do not install it. Ask the proxy that is configured and the public one for the same version, compare, and report the difference to both.'
}

export const NOT_IN_REGISTRY: Rule = {
  id: 'integrity/not-in-registry',
  title: 'The registry does not know a locked file',
  severity: 'medium',
  why: 'It was unpublished, is private and was asked for without credentials, or comes from another registry than is configured. A private name that is free on the public registry can be taken by anybody.',
  remedy:
    'Configure the registry that has it, with credentials, as your package manager reads it (`.npmrc`, `pip.conf`, `.cargo/config.toml`, `GOPROXY`). If it was unpublished, replace it.'
}

export const NO_DIGEST: Rule = {
  id: 'integrity/no-digest',
  title: 'A lockfile pins versions without digests',
  severity: 'low',
  why: 'Whoever controls the registry or the way to it decides which bytes are installed, and nobody would notice a change.',
  remedy:
    'Have the package manager write digests: `npm install --package-lock-only`, `pip-compile --generate-hashes`, `cargo generate-lockfile`, `go mod tidy`; then commit the lockfile.'
}

export const WEAK_DIGEST: Rule = {
  id: 'integrity/weak-digest',
  title: 'A lockfile pins bytes with MD5 or SHA-1 only',
  severity: 'low',
  why: 'Two files with the same MD5 or SHA-1 can be made: the digest holds against accidents, not against the publisher of the file.',
  remedy:
    'Lock these dependencies again with a current package manager: remove their entries, run `npm install --package-lock-only` or its like, and compare the bytes before you commit.'
}

export const UNAVAILABLE: Rule = {
  id: 'integrity/unavailable',
  title: 'Dependencies could not be checked',
  severity: 'low',
  why: 'Nothing is known of these bytes. This is neither a pass nor a failure; the policy can make it one with `outcomes.unavailable`.',
  remedy: 'Remove what is in the way, as the message says, and run again.'
}
