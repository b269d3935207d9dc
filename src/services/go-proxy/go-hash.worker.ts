import { parentPort } from 'node:worker_threads'
import { h1OfModuleZip } from '../../formats/go-dirhash.ts'
import { ServiceError } from '../../model/errors.ts'
import type { HashAnswer, HashJob } from './hash-job.ts'

/** Entry of a worker thread: hashes one module zip for each message. */
function main(): void {
  parentPort?.on('message', (job: HashJob) => say(answerTo(job)))
  say({ ready: true })
}

function say(answer: HashAnswer): void {
  parentPort?.postMessage(answer, [])
}

function answerTo({ zip, prefix }: HashJob): HashAnswer {
  try {
    return { digest: h1OfModuleZip(zip, prefix) }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const { message, remedy, reason = message } = error
    const isLimit = error.code === 'SERVICE_LIMIT_EXCEEDED'
    const code = isLimit ? 'SERVICE_LIMIT_EXCEEDED' : 'SERVICE_RESPONSE_INVALID'
    return { fault: { code, message, remedy, reason } }
  }
}

main()
