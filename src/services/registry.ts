import type { Host } from '../host/host.ts'
import type { Component, LockedFile } from '../model/component.ts'
import type { Digest } from '../model/digest.ts'
import type { Evidence } from '../model/evidence.ts'

/** What a registry client may use. */
export interface RegistryContext {
  readonly host: Pick<
    Host,
    'http' | 'files' | 'readMachineText' | 'env' | 'log' | 'mask' | 'platform' | 'now'
  >
  readonly signal: AbortSignal
  /** Ask Go's checksum database too. */
  readonly goChecksumDatabase: boolean
  /** Paths of the lockfiles, whose folders may hold registry configuration (`.npmrc`, `.cargo/config.toml`). */
  readonly lockfiles: readonly string[]
}

/** The package registries of one ecosystem. One file each, listed in `index.ts`. */
export interface Registry {
  /** {@link Component.ecosystem} that it serves. */
  readonly ecosystem: string
  /**
   * Reads the project's and the machine's own registry configuration.
   *
   * @throws ParseError `CONFIG_SYNTAX` when a configuration file is damaged
   */
  connect(context: RegistryContext): RegistryClient
}

/** Answers about single locked files. Remembers what it was told: an index page is asked for once. */
export interface RegistryClient {
  /**
   * Whether this machine would install this file of the component. Asks the index only where the lock
   * lists bare hashes, so that nobody can tell without it which file is meant.
   *
   * @throws ServiceError when the index had to be asked and could not be
   */
  selects(component: Component, file: LockedFile): boolean | Promise<boolean>
  /**
   * Where the bytes of a locked file lie.
   *
   * @returns nothing when the registry knows no such file
   * @throws ServiceError when it could not be asked
   */
  locate(component: Component, file: LockedFile): Promise<RemoteFile | undefined>
  /**
   * What the registry's index states about a locked file, without reading the file.
   *
   * @returns nothing when the index knows no such file, or states no digest of it
   * @throws ServiceError when it could not be asked
   */
  indexEntry(component: Component, file: LockedFile): Promise<IndexEntry | undefined>
  /** Further evidence once the bytes are known, such as a log's inclusion proof. Never throws for an outcome. */
  prove?(
    component: Component,
    file: LockedFile,
    observed: readonly Digest[]
  ): Promise<readonly Evidence[]>
  /** Frees what it holds: worker threads. */
  close?(): Promise<void>
}

export interface RemoteFile {
  /** Without credentials. Equal URLs have equal bytes within one run. */
  readonly url: string
  /** Value of the `Authorization` header, for the URL's origin only. */
  readonly authorization?: string
  /** Largest size that is read. */
  readonly maxBytes: number
  /**
   * Where else the file may lie, should the server have none at `url`: asked for only then.
   *
   * @returns nothing when there is no other place
   * @throws ServiceError when the index had to be asked and could not be
   */
  elsewhere?(): Promise<RemoteFile | undefined>
  /**
   * For digests that are no plain hash of the bytes (Go's `h1`). Gets the whole file, and may keep its memory.
   *
   * @throws ServiceError when the bytes cannot be such a file at all: they match no digest then
   */
  digestsOf?(bytes: Uint8Array): Promise<readonly Digest[]>
}

export interface IndexEntry {
  /** Where it was said, without credentials. */
  readonly source: string
  /** Any of them may be the locked one: an index page lists the digests of every file it knows. */
  readonly digests: readonly Digest[]
  /** Its publisher has withdrawn ("yanked") the version: what locks it still works, what is new avoids it. */
  readonly withdrawn?: true
}
