import type { Rule } from '../../model/finding.ts'

export const INVALID: Rule = {
  id: 'signatures/invalid',
  title: 'A signature of a dependency does not hold',
  severity: 'critical',
  why: 'Something is signed, but not these bytes of this package: they were replaced, or the signature was made for others.',
  remedy:
    'Do not install it. Compare the bytes with those that another machine or mirror gets, restore the lockfile if it was changed, and report the version to the registry.'
}

export const UNSIGNED: Rule = {
  id: 'signatures/unsigned',
  title: 'A dependency lacks the signature that its registry gives to others',
  severity: 'medium',
  why: 'The registry signs what is published through it. Bytes without its signature may have come in another way, or the signature was taken away.',
  remedy:
    'See where the package comes from: a private package in a registry that passes public ones on has none, and the finding can be waived. For a public package, ask the public registry for the same version and compare.'
}

export const SERVES_NONE: Rule = {
  id: 'signatures/registry-serves-none',
  title: 'A registry serves no signatures at all',
  severity: 'info',
  why: 'A mirror that passes packages on without their signatures leaves only the lockfile to hold bytes to; who published them cannot be checked.',
  remedy:
    "Have the mirror pass on the whole document of a package with `dist.signatures`, and `/-/npm/v1/attestations/`; or let this job read from the public registry (`npm_config_registry` in the job's environment)."
}

export const UNAVAILABLE: Rule = {
  id: 'signatures/unavailable',
  title: 'Signatures of dependencies could not be checked',
  severity: 'low',
  why: 'Nothing is known of who signed these packages. This is neither a pass nor a failure; the policy can make it one with `outcomes.unavailable`.',
  remedy: 'Remove what is in the way, as the message says, and run again.'
}
