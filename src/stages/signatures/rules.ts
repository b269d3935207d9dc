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

export const PUBLISHER_MISMATCH: Rule = {
  id: 'signatures/publisher-mismatch',
  title: 'A dependency was built by somebody else than the policy names',
  severity: 'critical',
  why: 'The policy says from which repository, and by which workflow, the package has to come. This one proves another origin: a stolen token, a foreign fork, or a move that nobody told of.',
  remedy:
    'Do not install it before you know why. If the project has moved, change `publishers` in the policy in a commit of its own.'
}

export const PUBLISHER_UNPROVEN: Rule = {
  id: 'signatures/publisher-unproven',
  title: 'Nothing proves that a dependency is of the publisher that the policy names',
  severity: 'high',
  why: 'The policy says who has to publish the package, and there is no provenance that could be held to it.',
  remedy:
    'Use a version with provenance, or a registry that passes it on; else take the package out of `publishers` in the policy.'
}

export const PROVENANCE_LOST: Rule = {
  id: 'signatures/provenance-lost',
  title: 'The new version of a dependency has no provenance, the old one had',
  severity: 'high',
  why: 'A version that was published past the build that made the others is how stolen publishing tokens show.',
  remedy:
    'Stay with the old version until the project explains it: look for a tag and a release of this version in its repository, and ask there.'
}

export const PUBLISHER_CHANGED: Rule = {
  id: 'signatures/publisher-changed',
  title: 'The new version of a dependency was built in another place or way',
  severity: 'medium',
  why: 'Repository, workflow or builder are others than those of the version before: the project moved, or somebody else publishes it.',
  remedy:
    'Look into the project for the move. Name the publisher in `publishers` of the policy to be sure of the next versions.'
}

export const SERVES_NONE: Rule = {
  id: 'signatures/registry-serves-none',
  title: 'A registry serves no signatures at all',
  severity: 'info',
  why: 'A mirror that passes packages on without their signatures leaves only the lockfile to hold bytes to; who published them cannot be checked.',
  remedy:
    'Have the mirror pass them on: for npm the whole document of a package with `dist.signatures`, and `/-/npm/v1/attestations/`; for Python the index as JSON with `provenance`. Or name the public npm registry in the input `npm-signatures-from`: signatures may come from anywhere, because they are held to the bytes that were read and to keys that are known. Or let this job read from the public registries (`npm_config_registry`, `PIP_INDEX_URL` in its environment).'
}

export const UNAVAILABLE: Rule = {
  id: 'signatures/unavailable',
  title: 'Signatures of dependencies could not be checked',
  severity: 'low',
  why: 'Nothing is known of who signed these packages. This is neither a pass nor a failure; the policy can make it one with `outcomes.unavailable`.',
  remedy: 'Remove what is in the way, as the message says, and run again.'
}
