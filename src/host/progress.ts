import type { Progress } from './host.ts'

/** Nothing is shown of what takes less, in milliseconds. */
const DELAY_MS = 2000

/** Time between two lines where lines cannot be redrawn, in milliseconds. */
const LINE_EVERY_MS = 5000

/** Time between two drawings of a bar, in milliseconds. */
const DRAW_EVERY_MS = 100

const BAR_WIDTH = 24

/** How far something is. */
export interface ProgressState {
  readonly title: string
  readonly done: number
  /** 0 when nobody knows. */
  readonly total: number
  readonly elapsedMs: number
}

/** Where progress is shown: one bar that is redrawn, or lines now and then. */
export interface ProgressDisplay {
  readonly kind: 'bar' | 'lines'
  /** Milliseconds since any fixed moment. */
  now(): number
  show(state: ProgressState): void
  /** Takes away what was shown last. */
  clear(): void
}

/** Progress that begins to be shown after two seconds as lines, at once as a bar, and ends with nothing left over. */
export function progressOn(display: ProgressDisplay, title: string, total: number): Progress {
  const startedAt = display.now()
  const everyMs = display.kind === 'bar' ? DRAW_EVERY_MS : LINE_EVERY_MS
  let nextAt = startedAt + (display.kind === 'bar' ? 0 : DELAY_MS)
  let done = 0
  const tick = (): void => {
    const now = display.now()
    if (now < nextAt) return
    nextAt = now + everyMs
    display.show({ title, done, total, elapsedMs: now - startedAt })
  }
  // Something that stands still is to be seen standing still.
  const timer = setInterval(tick, Math.min(everyMs, 1000))
  timer.unref()
  return {
    advance(count = 1) {
      done += count
      tick()
    },
    done() {
      clearInterval(timer)
      display.clear()
    }
  }
}

/** `Verify locked digests: 120 of 412 (29 %), 5 s` */
export function renderProgressLine({ title, done, total, elapsedMs }: ProgressState): string {
  const far = total > 0 ? `${done} of ${total} (${percent(done, total)} %)` : String(done)
  return `${title}: ${far}, ${Math.round(elapsedMs / 1000)} s`
}

/** The same as a bar of at most `width` columns. */
export function renderProgressBar(state: ProgressState, width: number): string {
  const { title, done, total, elapsedMs } = state
  const filled = total > 0 ? Math.round((Math.min(done, total) / total) * BAR_WIDTH) : 0
  const bar = total > 0 ? `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ` : ''
  const count = total > 0 ? `${done}/${total}` : String(done)
  const text = `${title}  ${bar}${count}  ${Math.round(elapsedMs / 1000)} s`
  // A line that wraps could not be redrawn.
  return text.slice(0, Math.max(width - 1, 0))
}

function percent(done: number, total: number): number {
  return Math.floor((Math.min(done, total) / total) * 100)
}
