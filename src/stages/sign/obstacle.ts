import { CancelledError } from '../../model/errors.ts'
import { type Obstacle, obstacleOf as obstacle } from '../images/looked.ts'
import type { RunContext } from '../stage.ts'

/**
 * Why something could not be done, while other things go on.
 *
 * @throws CancelledError when the run was ended: then nothing goes on
 */
export function obstacleOf(context: Pick<RunContext, 'host'>, error: unknown): Obstacle {
  if (error instanceof CancelledError) throw error
  return obstacle(context, error)
}
