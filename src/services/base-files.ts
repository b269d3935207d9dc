/** Files of the base commit of a pull request, as seen from the checkout's folder. One per source. */
export interface BaseFiles {
  readonly commit: string
  /**
   * Which files there are.
   *
   * @throws ServiceError when they could not be listed
   */
  list(): Promise<BaseListing>
  /**
   * Reads regular files; what does not exist is not in the answer.
   *
   * @param paths relative to the checkout's folder
   * @param maxBytes of all of them together
   * @throws ServiceError when they could not be read, or are larger
   */
  readTexts(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, string>>
}

export interface BaseListing {
  /** Regular files, relative to the checkout's folder, sorted. */
  readonly paths: readonly string[]
  /** Not all of them: the source answers only so many. */
  readonly truncated: boolean
}
