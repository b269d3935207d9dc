import type { Rule } from '../../model/finding.ts'

export const NOT_KEPT: Rule = {
  id: 'sign/not-kept',
  title: 'A signature or attestation could not be kept where it was asked for',
  severity: 'high',
  why: 'Whoever looks there finds nothing that they could verify, and verifiers refuse what is shipped.',
  remedy:
    'Remove what is in the way, as the message says, and run again: what is signed already stays as it is.'
}

export const NOT_SIGNED: Rule = {
  id: 'sign/not-signed',
  title: 'An image that was to be signed could not be looked at',
  severity: 'high',
  why: 'It is not signed, and what comes after this step may ship it all the same.',
  remedy: 'Do what the finding about this image says, and run again.'
}

export const CONTRADICTED: Rule = {
  id: 'sign/contradicted',
  title: 'What was read back is not what was signed',
  severity: 'critical',
  why: 'Verification with the exact identity of this run fails for what was just signed: a registry, a log or an authority serves something else, or the trusted root is of another deployment.',
  remedy:
    'Do not ship it. Check that `trusted-root` and `signing-config` are of one deployment, and who else may write to the registry; then run again.'
}

export const NOT_PROMOTED: Rule = {
  id: 'sign/not-promoted',
  title: 'A signed image was not promoted',
  severity: 'high',
  why: 'The tag was left as it was: it never names an image whose signatures are not beside it.',
  remedy:
    'Remove what is in the way, as the message says, and run again: what is copied already is not copied again.'
}
