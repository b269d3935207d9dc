import { createHash } from 'node:crypto'
import { bytesPathOf, type ServedPackage } from './services/packages.ts'
import type { PackageRegistry } from './services/registry.ts'

type NpmPackage = Extract<ServedPackage, { readonly ecosystem: 'npm' | 'crates.io' }>

/** A package whose bytes are its own name. */
export function npmPackage(name: string, version = '1.0.0'): NpmPackage {
  return { ecosystem: 'npm', name, version, body: Buffer.from(`${name}@${version}`) }
}

/** Files of a project that locks packages of a registry on this machine. */
export function npmProject(
  registry: Pick<PackageRegistry, 'url'>,
  packages: readonly NpmPackage[]
): Readonly<Record<string, string>> {
  const locked = packages.map((given): [string, object] => [
    `node_modules/${given.name}`,
    {
      version: given.version,
      resolved: `${registry.url}${bytesPathOf(given)}`,
      integrity: `sha512-${createHash('sha512').update(given.body).digest('base64')}`
    }
  ])
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]))
  const root = { name: 'project', version: '1.0.0', dependencies }
  const lock = {
    name: 'project',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': root, ...Object.fromEntries(locked) }
  }
  return {
    '.npmrc': `registry=${registry.url}/npm/\n`,
    'package.json': `${JSON.stringify(root, null, 2)}\n`,
    'package-lock.json': `${JSON.stringify(lock, null, 2)}\n`
  }
}
