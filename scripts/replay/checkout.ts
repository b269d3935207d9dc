import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ECOSYSTEMS } from '../../src/ecosystems/index.ts'
import type { EcosystemName } from './clients.ts'
import { throughServer } from './clients.ts'

/** Not part of what is locked, and large. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'target', '.venv'])

/** Copies a checkout, with the lockfiles of one ecosystem only. */
export function copyCheckout(from: string, to: string, ecosystem: EcosystemName): void {
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !LEFT_OUT.has(basename(path))
  })
  const others = ECOSYSTEMS.filter((known) => known.ecosystem !== ecosystem)
  const own = ECOSYSTEMS.filter((known) => known.ecosystem === ecosystem)
  for (const path of filesIn(to)) {
    const name = basename(path)
    const isOwn = own.some((known) => known.recognises(name))
    if (!isOwn && others.some((known) => known.recognises(name))) rmSync(path)
  }
}

/**
 * Turns the addresses of files in uv's locks into the loopback server's: uv asks for them as they stand,
 * whatever index is configured.
 */
export function pointAtServer(checkout: string, server: string): void {
  for (const path of filesIn(checkout)) {
    if (basename(path) !== 'uv.lock') continue
    const address = /\b(url|registry) = "(https?:\/\/)/g
    const text = readFileSync(path, 'utf8').replace(
      address,
      (_match, key: string, scheme: string) => `${key} = "${throughServer(server, scheme)}`
    )
    writeFileSync(path, text)
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
