import { type TufOptions, tufRepository } from '../../signed/tuf.ts'
import {
  type LoopbackService,
  NOT_FOUND,
  type OwnFault,
  type SeenServiceRequest,
  startService
} from './service.ts'

/** A mirror of a TUF repository. What it can do wrong by itself is in what it is made of: {@link TufOptions}. */
export interface TufMirror extends LoopbackService<OwnFault> {
  /** JSON of the root metadata that trust begins with. */
  readonly root: unknown
}

/** Serves these targets, by path. */
export async function startTufMirror(
  seen: SeenServiceRequest[],
  targets: Readonly<Record<string, string>>,
  options: TufOptions = {}
): Promise<TufMirror> {
  const { root, files } = tufRepository(targets, options)
  const service = await startService<OwnFault>({
    name: 'tuf',
    seen,
    answer({ path }) {
      const name = decodeURIComponent(path.slice(1))
      const body = Object.hasOwn(files, name) ? files[name] : undefined
      return body === undefined ? NOT_FOUND : { status: 200, body }
    }
  })
  return { ...service, root }
}
