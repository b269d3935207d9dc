import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { DEFAULT_REGISTRIES } from '../../src/services/registry-defaults.ts'
import type { Command } from '../bench/measure.ts'
import { CERTIFICATE } from './server.ts'

/** Ecosystems whose integrity is measured, by {@link DEFAULT_REGISTRIES}. */
export type EcosystemName = keyof typeof DEFAULT_REGISTRIES

/** How a program is told to ask the loopback server, and to keep what it gets below a folder. */
export type Environment = Readonly<Record<string, string>>

/** An address of a real server as the loopback server has it. */
export function throughServer(server: string, address: string): string {
  return address.replace(/(https?):\/\//, `${server}/$1/`)
}

/** The settings by which ecosystems' own clients, and Assay, ask the loopback server. @param home an empty folder */
export function environmentFor(server: string, home: string): Environment {
  const cargoHome = join(home, 'cargo')
  mkdirSync(cargoHome, { recursive: true })
  const mirror = throughServer(server, DEFAULT_REGISTRIES['crates.io'])
  writeFileSync(
    join(cargoHome, 'config.toml'),
    `[source.crates-io]\nreplace-with = "loopback"\n\n[source.loopback]\nregistry = "${mirror}"\n`
  )
  const simple = throughServer(server, DEFAULT_REGISTRIES.PyPI)
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    CARGO_HOME: cargoHome,
    // Toolchains are no part of what is measured, and lie below the real home folder.
    RUSTUP_HOME: process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup'),
    // One certificate, however each program is told of it. uv takes none that signs itself.
    NODE_EXTRA_CA_CERTS: CERTIFICATE,
    npm_config_cafile: CERTIFICATE,
    CARGO_HTTP_CAINFO: CERTIFICATE,
    SSL_CERT_FILE: CERTIFICATE,
    UV_INSECURE_HOST: '127.0.0.1',
    npm_config_registry: throughServer(server, DEFAULT_REGISTRIES.npm),
    npm_config_cache: join(home, 'npm'),
    PIP_INDEX_URL: simple,
    UV_DEFAULT_INDEX: simple,
    UV_CACHE_DIR: join(home, 'uv'),
    GOPROXY: throughServer(server, DEFAULT_REGISTRIES.Go),
    GOMODCACHE: join(home, 'go'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GONOPROXY: 'none'
  }
}

/**
 * What an ecosystem's own client is asked: to fetch and check all that the lock names, and build nothing.
 *
 * @param modules Go's client is asked for these only, since one that the proxy does not have ends it
 */
export function clientCommand(
  ecosystem: EcosystemName,
  { cwd, home, modules }: { cwd: string; home: string; modules: readonly string[] }
): Command {
  const all = ['--all-packages', '--all-extras', '--all-groups']
  const unbuilt = withoutWheels(cwd).flatMap((name) => ['--no-install-package', name])
  const uv = ['sync', '--frozen', '--no-install-workspace', ...all, ...unbuilt, '--quiet']
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const commands: Readonly<Record<EcosystemName, Command>> = {
    npm: { file: 'npm', args: npm },
    'crates.io': { file: 'cargo', args: ['fetch', '--locked', '--quiet'] },
    Go: { file: 'go', args: ['mod', 'download', ...modules] },
    PyPI: { file: 'uv', args: uv, env: { UV_PROJECT_ENVIRONMENT: join(home, 'venv') } }
  }
  return { ...commands[ecosystem], cwd }
}

/** Packages of a uv.lock that would have to be built, which runs their code. */
function withoutWheels(checkout: string): readonly string[] {
  const path = join(checkout, 'uv.lock')
  if (!existsSync(path)) return []
  const { package: packages } = parse(readFileSync(path, 'utf8')) as {
    readonly package?: readonly { readonly name: string; readonly wheels?: readonly unknown[] }[]
  }
  return (packages ?? []).filter(({ wheels }) => wheels === undefined).map(({ name }) => name)
}
