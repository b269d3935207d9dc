import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EcosystemName } from './clients.ts'

/** What a recording is of: its `recording.json`. */
export interface RecordingInfo {
  readonly name: string
  /** Full commit id; empty without git. */
  readonly commit: string
  readonly ecosystem: EcosystemName
  /** ISO 8601, UTC. */
  readonly recordedAt: string
  /** How the recorded run ended. */
  readonly verdict: string
  readonly stats: Readonly<Record<string, number>>
  /** What Go's own client is asked for. */
  readonly modules: readonly string[]
  /** `ok`, or why the ecosystem's own client could not be recorded. */
  readonly client: string
}

/** A folder that is a recording, or all that lie in it, by their folders. */
export function recordingsIn(folder: string): readonly (readonly [string, RecordingInfo])[] {
  if (!existsSync(folder)) return []
  return [
    folder,
    ...readdirSync(folder)
      .toSorted()
      .map((name) => join(folder, name))
  ]
    .filter((path) => existsSync(join(path, 'recording.json')))
    .map((path) => {
      const text = readFileSync(join(path, 'recording.json'), 'utf8')
      return [path, JSON.parse(text) as RecordingInfo] as const
    })
}
