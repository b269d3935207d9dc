import type { Rule } from '../../model/finding.ts'

export const REFUSED: Rule = {
  id: 'verify/refused',
  title: 'No signature of a subject is accepted',
  severity: 'critical',
  why: 'Somebody else than was asked for signed it, or nobody: it may be anything.',
  remedy:
    'Do not use it. Compare what was expected with what was found; should the found one be right, give it to Assay in the place of the expected one.'
}

export const UNSIGNED: Rule = {
  id: 'verify/unsigned',
  title: 'A subject is not signed',
  severity: 'critical',
  why: 'Nobody says that it is theirs: it may be anything.',
  remedy: 'Do not use it. Ask whoever made it to sign it, or where the signature is.'
}

export const MISSING: Rule = {
  id: 'verify/missing',
  title: 'A subject is signed, and not with all that was asked for',
  severity: 'critical',
  why: 'A statement, a kind of signature or a second signer that the gate relies on is not there.',
  remedy: 'Ask whoever made it for what is missing, or ask for less.'
}

export const CONTRADICTED: Rule = {
  id: 'verify/contradicted',
  title: 'A registry serves other bytes than the digest of an image names',
  severity: 'critical',
  why: 'Whoever takes these bytes runs something else than was signed.',
  remedy:
    'Do not use the image. Read it again from another network; should it stay so, report it to whoever runs the registry.'
}

export const NOT_FOUND: Rule = {
  id: 'verify/not-found',
  title: 'There is no such image',
  severity: 'critical',
  why: 'What is not there cannot be verified, and the name may be one that somebody else can take.',
  remedy: 'Look at the spelling of the reference, and whether the login may read the repository.'
}

export const UNAVAILABLE: Rule = {
  id: 'verify/unavailable',
  title: 'A subject could not be verified',
  severity: 'critical',
  why: 'What could not be looked at is not verified, whatever it is.',
  remedy: 'Do what the message says, and run again.'
}

export const OTHERS_REFUSED: Rule = {
  id: 'verify/others-refused',
  title: 'Something else that is attached to a verified subject is not accepted',
  severity: 'info',
  why: 'Everybody who may write beside a subject can attach to it, so that this takes nothing away from what is accepted.',
  remedy: 'Look at who attached it, should you not know of it.'
}

export const OLD_TRUST: Rule = {
  id: 'verify/old-trust',
  title: 'Subjects were verified with trust material that is not the newest',
  severity: 'low',
  why: 'Keys and authorities that were withdrawn since then still count, and newer ones do not.',
  remedy:
    "Let the run reach Sigstore's TUF repository, or give `trusted-root` a file that you keep up to date."
}
