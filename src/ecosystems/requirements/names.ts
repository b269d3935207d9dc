import type { Scope } from '../../model/component.ts'

/** `requirements.txt`, `dev-requirements.txt`, `requirements_test.lock`, `requirements3.txt`. */
const NAMED = /^[\w.-]*requirements[\w.-]*\.(?:txt|lock)$/i

/** Names that files have in a folder named for requirements; anywhere else they mean nothing. */
const IN_FOLDER =
  /^(?:all|base|build|ci|common|core|deploy|dev|develop|development|doc|docs|extras?|lint|local|main|minimal|optional|prod|production|release|runtime|staging|test|testing|tests|tools|typing)\.txt$/i

const FOLDER = /(?:^|\/)(?:requirements|reqs)\/[^/]+$/i

/** Words in a file's name, or the name of its folder, that say what it is for. */
const DEVELOPMENT =
  /(?:^|[-_./]|requirements)(?:bench|benchmarks?|build|ci|dev|develop|development|docs?|documentation|lint|linting|mypy|nox|test|testing|tests|tools|tox|typing)(?=[-_./]|requirements)/i

/** Whether a file of this base name may hold requirements: it still has to lie in the right folder. */
export function mayHoldRequirements(basename: string): boolean {
  return NAMED.test(basename) || IN_FOLDER.test(basename)
}

/** Whether the file at this path holds requirements, by its name and that of its folder. */
export function holdsRequirements(path: string): boolean {
  return NAMED.test(path.slice(path.lastIndexOf('/') + 1)) || FOLDER.test(path)
}

/** What a file's requirements are for: its name is all that tells it. */
export function scopeOfFile(path: string): Scope {
  // The folder it lies in and its own name; folders above say nothing of the file.
  const near = path.split('/').slice(-2).join('/')
  return DEVELOPMENT.test(near) ? 'development' : 'runtime'
}
