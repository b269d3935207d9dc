import type { Judgement } from './judges.ts'

/** One question to one verifier, and what the answer should be. */
export interface Check extends Judgement {
  /** `cosign`, `cosign2`, `gh`, `assay`: the first word of the command. */
  readonly judge: string
  /** What it was asked about: `signature`, `spdx`, `another identity`. */
  readonly about: string
  readonly wanted: 'accepted' | 'refused'
}

/** A cell of a matrix: something was signed, and verifiers were asked. */
export interface Cell {
  readonly registry: string
  readonly auth: string
  readonly form: string
  readonly signer: string
  readonly checks: readonly Check[]
  /** Why it came to nothing. */
  readonly problem?: string
  /** Why there is nothing to do. */
  readonly skipped?: string
  readonly ms: number
}

/** Asks, one after the other, and keeps what was said. */
export interface Asking {
  readonly checks: Check[]
  accepts(about: string, judgement: Promise<Judgement>): Promise<void>
  refuses(about: string, judgement: Promise<Judgement>): Promise<void>
  /** For what no verifier says. */
  holds(about: string, fact: boolean, otherwise: string): void
}

export function asking(): Asking {
  const checks: Check[] = []
  const keep = (about: string, wanted: Check['wanted'], judgement: Judgement): void => {
    const [judge = ''] = judgement.command.split(' ', 1)
    checks.push({ ...judgement, judge, about, wanted })
  }
  return {
    checks,
    accepts: async (about, judgement) => {
      keep(about, 'accepted', await judgement)
    },
    refuses: async (about, judgement) => {
      keep(about, 'refused', await judgement)
    },
    holds: (about, fact, otherwise) => {
      keep(about, 'accepted', { accepted: fact, command: 'read', reason: fact ? '' : otherwise })
    }
  }
}

/** Whether a check went as it should. */
export function isRight({ accepted, wanted, misused }: Check): boolean {
  return misused !== true && accepted === (wanted === 'accepted')
}

/** Whether all of a cell did, and there was something. */
export function isGood({ checks, problem, skipped }: Cell): boolean {
  if (skipped !== undefined) return true
  return problem === undefined && checks.length > 0 && checks.every(isRight)
}

/** Fills a cell; what is thrown is its problem. */
export async function cellOf(
  about: Pick<Cell, 'registry' | 'auth' | 'form' | 'signer'>,
  fill: (ask: Asking) => Promise<void>
): Promise<Cell> {
  const ask = asking()
  const started = performance.now()
  const problem = await fill(ask).then(
    () => undefined,
    (error: unknown) => (Error.isError(error) ? error.message : String(error))
  )
  const ms = performance.now() - started
  return { ...about, checks: ask.checks, ms, ...(problem !== undefined && { problem }) }
}
