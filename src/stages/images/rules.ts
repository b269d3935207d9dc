import type { Rule } from '../../model/finding.ts'

export const CONTRADICTED: Rule = {
  id: 'images/contradicted',
  title: 'A registry serves other bytes than the digest of an image names',
  severity: 'critical',
  why: 'A digest names bytes. Whoever takes these without looking runs something else than was asked for.',
  remedy:
    'Do not run, sign or promote the image. Read it again from another network; should it stay so, report it to whoever runs the registry.'
}

export const NOT_FOUND: Rule = {
  id: 'images/not-found',
  title: 'The registry does not have an image',
  severity: 'high',
  why: 'Nothing is known of an image that the run was asked to look at. Registries also hide from strangers what is private.',
  remedy:
    'Check the name, tag and digest, that the image was pushed before this step, and that this job is logged in (`docker/login-action`, or `registry-username` and `registry-password`).'
}

export const UNAVAILABLE: Rule = {
  id: 'images/unavailable',
  title: 'An image could not be looked at',
  severity: 'medium',
  why: 'Nothing is known of an image that the run was asked to look at. This is neither a pass nor a failure.',
  remedy: 'Remove what is in the way, as the message says, and run again.'
}

export const TAG_NOT_PINNED: Rule = {
  id: 'images/tag-not-pinned',
  title: 'An image is named by a tag alone',
  severity: 'info',
  why: 'Anybody who may push can move a tag, between this step and the next one too. What the run says is about the digest that the tag had.',
  remedy:
    'Hand over the digest of what was built: `name@${{ steps.<build>.outputs.digest }}` with docker/build-push-action.'
}
