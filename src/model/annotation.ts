/** A remark beside a line of the checkout, as a code host shows it. Plain text: hosts escape it. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  /** Relative to the workspace, with `/`. Absent: about the run. */
  readonly path?: string
  /** 1-based. */
  readonly line?: number
}
