import type { Rule } from '../../model/finding.ts'

export const MISSING: Rule = {
  id: 'provenance/missing',
  title: 'A statement that was asked for cannot be made',
  severity: 'medium',
  why: 'Provenance is what the code host says of the run. Without its token nothing is known that could not be made up, and nothing is stated.',
  remedy:
    'Give the job `permissions: id-token: write`, or leave `provenance` out of `attest` where no token can be had.'
}

export const EVENT_CONTRADICTS: Rule = {
  id: 'provenance/event-contradicts-token',
  title: 'The payload of the event is not that of this run',
  severity: 'high',
  why: 'The file with the payload lies where every step can write. It names another repository or ref than the token of the code host does, so that nothing in it can be stated.',
  remedy:
    'Find out which step of the job writes to the file that `GITHUB_EVENT_PATH` names. Do not ship what this job built before.'
}

export const EVENT_UNREADABLE: Rule = {
  id: 'provenance/inputs-unknown',
  title: 'Nobody knows with which inputs the run was started',
  severity: 'medium',
  why: 'Inputs of a run that somebody starts by hand can change what is built. The provenance leaves them out, and says nothing about them.',
  remedy:
    'Run Assay in the same job as the build, on the runner itself, so that it can read the payload of the event.'
}

export const OTHER_COMMIT: Rule = {
  id: 'provenance/other-commit',
  title: 'The checkout is of another commit than the run',
  severity: 'medium',
  why: 'Provenance names the commit that the code host says the run is for. What lies in the checkout, and may have been built from it, is something else.',
  remedy:
    'Check out the commit of the run (`actions/checkout` without `ref`), or start the workflow on the ref that is to be built.'
}
