import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a server answered. */
export interface Answer {
  readonly status: number
  /** Media type. */
  readonly type: string
  readonly body: Buffer
}

/** What is written down of an answer; bodies lie beside it, by their SHA-256. */
interface Line {
  readonly key: string
  readonly status: number
  readonly type: string
  readonly sha256: string
}

/** Answers of real servers, on disk: `answers.jsonl` and `bodies/`. */
export class Recording {
  readonly #folder: string
  readonly #answers = new Map<string, Answer>()

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(join(folder, 'bodies'), { recursive: true })
    if (!existsSync(this.#index)) return
    for (const text of readFileSync(this.#index, 'utf8').split('\n')) {
      if (text === '') continue
      const { key, status, type, sha256 } = JSON.parse(text) as Line
      this.#answers.set(key, { status, type, body: readFileSync(this.#bodyPath(sha256)) })
    }
  }

  get #index(): string {
    return join(this.#folder, 'answers.jsonl')
  }

  #bodyPath(sha256: string): string {
    return join(this.#folder, 'bodies', sha256)
  }

  get(key: string): Answer | undefined {
    return this.#answers.get(key)
  }

  put(key: string, answer: Answer): void {
    const { status, type, body } = answer
    const sha256 = createHash('sha256').update(body).digest('hex')
    if (!existsSync(this.#bodyPath(sha256))) writeFileSync(this.#bodyPath(sha256), body)
    const line: Line = { key, status, type, sha256 }
    appendFileSync(this.#index, `${JSON.stringify(line)}\n`)
    this.#answers.set(key, answer)
  }
}
