import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { defineConfig } from 'rolldown'

/**
 * @actions/core loads @actions/http-client, which loads undici only for its ProxyAgent, and evaluating undici costs
 * ~45 ms at every start. The shim hands out the same names from dist/undici.js, read on first use.
 */
const lazyUndici = {
  name: 'lazy-undici',
  resolveId: {
    filter: { id: /^(undici|\.\/undici\.js)$/ },
    handler(id, importer = '') {
      if (id === './undici.js') return { id, external: true }
      return /[\\/]@actions[\\/]/.test(importer) ? '\0lazy-undici' : null
    }
  },
  load: {
    filter: { id: /^\0lazy-undici$/ },
    handler: () => `
const undici = () => require('./undici.js')
export const fetch = (...args) => undici().fetch(...args)
export const ProxyAgent = new Proxy(class {}, { construct: (_target, args) => new (undici().ProxyAgent)(...args) })
`
  }
}

/**
 * @actions/core loads its HTTP client, and with it Node's TLS, only to ask for an ID token: ~25 ms at every start.
 * The shim loads the real module when a token is asked for.
 */
const lazyOidc = {
  name: 'lazy-oidc',
  resolveId: {
    filter: { id: /^\.\/oidc-utils\.js$/ },
    handler: (_id, importer = '') =>
      /[\\/]@actions[\\/]core[\\/]/.test(importer) ? '\0lazy-oidc' : null
  },
  load: {
    filter: { id: /^\0lazy-oidc$/ },
    handler: () => `
const real = () => import(${JSON.stringify(join(import.meta.dirname, 'node_modules/@actions/core/lib/oidc-utils.js'))})
export class OidcClient {
  static async getIDToken(audience) {
    const { OidcClient } = await real()
    return OidcClient.getIDToken(audience)
  }
}
`
  }
}

/** An entry that another file required would run as that entry too. */
const entriesStandAlone = {
  name: 'entries-stand-alone',
  generateBundle(_options, bundle) {
    const entries = new Set(
      Object.values(bundle).flatMap((chunk) => (chunk.isEntry ? [chunk.fileName] : []))
    )
    for (const { fileName, imports = [], dynamicImports = [] } of Object.values(bundle)) {
      const entry = [...imports, ...dynamicImports].find((name) => entries.has(name))
      if (entry !== undefined)
        throw new Error(
          `${fileName} requires ${entry}, which is an entry: put what they share into a group`
        )
    }
  }
}

/** What the bundle was made of, so that tests of it cannot run on an old one. */
function sourceDigest() {
  const hash = createHash('sha256')
  const paths = globSync('src/**/*.{ts,json}')
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
  for (const path of [...paths, 'package-lock.json', 'rolldown.config.js']) {
    hash.update(`${path}\n${readFileSync(path, 'utf8').replaceAll('\r\n', '\n')}\n`)
  }
  return hash.digest('hex')
}

/** dist/package.json (the root package is ESM, the bundle is CommonJS), dist/licenses.txt and dist/source.sha256. */
const extras = {
  name: 'extras',
  generateBundle(_options, bundle) {
    const packages = new Map()
    for (const chunk of Object.values(bundle)) {
      for (const id of chunk.moduleIds ?? []) {
        const dir = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(
          id.replace(/^\0/, '')
        )?.[0]
        if (dir === undefined || !existsSync(join(dir, 'package.json'))) continue
        const { name, version, license } = JSON.parse(
          readFileSync(join(dir, 'package.json'), 'utf8')
        )
        packages.set(`${name}@${version}`, { dir, license })
      }
    }
    const text = [...packages]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { dir, license }]) => {
        const files = readdirSync(dir)
          .filter((f) => /^(licen[cs]e|notice|copying)/i.test(f))
          .sort()
        const body = files
          .map((f) => readFileSync(join(dir, f), 'utf8').replaceAll('\r\n', '\n').trim())
          .join('\n\n')
        return `${key}\nLicense: ${typeof license === 'string' ? license : JSON.stringify(license)}\n\n${body || '(no license file in the package)'}\n`
      })
    this.emitFile({
      type: 'asset',
      fileName: 'licenses.txt',
      source: text.join(`\n${'-'.repeat(80)}\n\n`)
    })
    this.emitFile({ type: 'asset', fileName: 'source.sha256', source: `${sourceDigest()}\n` })
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
  }
}

/** Threads are files of their own, beside the chunks that start them. */
const workers = Object.fromEntries(
  globSync('src/**/*.worker.ts')
    .sort()
    .map((path) => [basename(path, '.ts'), path])
)

/** `index` and `dist` say nothing: the package or the folder does. */
function chunkName(name, path) {
  if (name !== 'index' && name !== 'dist') return name
  return /[\\/]node_modules[\\/]([^\\/]+)/.exec(path)?.[1] ?? basename(dirname(path))
}

export default defineConfig({
  input: { index: 'src/index.ts', cli: 'src/cli.ts', undici: 'undici', ...workers },
  platform: 'node',
  // The toolkit does nothing when it is loaded; what a run does not call need not be there.
  treeshake: {
    moduleSideEffects: [
      {
        test: /[\\/]node_modules[\\/]@actions[\\/](core|exec|io|http-client)[\\/]/,
        sideEffects: false
      }
    ]
  },
  plugins: [lazyUndici, lazyOidc, entriesStandAlone, extras],

  onLog(level, log, handler) {
    if (level === 'warn') throw new Error(log.message)
    handler(level, log)
  },
  output: {
    dir: 'dist',
    format: 'cjs',
    cleanDir: true,
    entryFileNames: '[name].js',
    codeSplitting: {
      groups: [
        { name: 'tuf', test: /[\\/]node_modules[\\/]@tufjs[\\/]/ },
        // Loaded together, when there is something signed.
        { name: 'sigstore', test: /[\\/]node_modules[\\/]@sigstore[\\/](?!tuf[\\/])/ },
        // What the runner's entry and the artifact client share.
        {
          name: 'toolkit',
          test: (id) =>
            /lazy-oidc|[\\/]node_modules[\\/]@actions[\\/]core[\\/]/.test(id) &&
            !id.endsWith('oidc-utils.js')
        }
      ]
    },
    // Beside index.js, so that './undici.js' holds from every chunk.
    chunkFileNames: ({ name, facadeModuleId, moduleIds }) =>
      `chunk-${chunkName(name, facadeModuleId ?? moduleIds.at(-1) ?? '')}.js`
  }
})
