import { parseDistribution } from '../../formats/python/distribution.ts'
import {
  type IndexFile,
  parseSimplePage,
  SIMPLE_ACCEPT
} from '../../formats/python/simple-index.ts'
import { type Digest, renderDigest } from '../../model/digest.ts'
import { ServiceError } from '../../model/errors.ts'
import { withoutSecrets } from '../../model/url.ts'
import type { RegistryContext } from '../registry.ts'
import type { IndexAddress } from './source.ts'

/** What an index says of a project. */
export interface IndexPage {
  /** Where it was said, without credentials. */
  readonly source: string
  readonly files: readonly IndexFile[]
  named(file: string): IndexFile | undefined
  /** The file that has one of these digests. */
  withDigest(digests: readonly Digest[]): IndexFile | undefined
  /** All files of a version of a project. A page of links may have several projects. */
  ofVersion(project: string, version: string): readonly IndexFile[]
}

/** Largest page that is read, in bytes: the largest of the public index are under 20 MB. */
const MAX_PAGE_BYTES = 128 * 1024 * 1024

/** Files on pages that are kept, all pages together. */
const MAX_KEPT_FILES = 100_000

/** Asks for pages, each once as long as it is kept. */
export interface IndexPages {
  /**
   * @param project normalised name
   * @returns nothing when the index does not know the project
   * @throws ServiceError when it cannot be asked, or answers with something else than a page
   */
  ask(question: {
    readonly address: IndexAddress
    readonly project: string
    readonly authorization: string | undefined
  }): Promise<IndexPage | undefined>
}

export function indexPages(http: RegistryContext['host']['http'], signal: AbortSignal): IndexPages {
  const kept = new Map<string, { readonly page: Promise<IndexPage | undefined>; files: number }>()
  let files = 0
  const forget = (): void => {
    for (const [key, entry] of kept) {
      if (files <= MAX_KEPT_FILES || kept.size === 1) return
      // One that is under way has no files yet.
      if (entry.files === 0) continue
      kept.delete(key)
      files -= entry.files
    }
  }
  return {
    ask({ address, project, authorization }) {
      const url = pageUrl(address, project)
      const known = kept.get(url)
      if (known) {
        // What was asked for last is forgotten last.
        kept.delete(url)
        kept.set(url, known)
        return known.page
      }
      const request = { url, headers: { accept: SIMPLE_ACCEPT }, maxBytes: MAX_PAGE_BYTES }
      const asked = http
        .fetch({
          ...request,
          compressed: true,
          signal,
          ...(authorization !== undefined && { authorization })
        })
        .then((answer) => pageOf(answer, url, project))
      const entry = { page: asked, files: 0 }
      kept.set(url, entry)
      const settle = async (): Promise<void> => {
        try {
          entry.files = 1 + ((await asked)?.files.length ?? 0)
          files += entry.files
          forget()
        } catch {
          // Whoever asked is told; the next one may ask again.
          kept.delete(url)
        }
      }
      void settle()
      return asked
    }
  }
}

function pageUrl({ url, isFlat }: IndexAddress, project: string): string {
  if (isFlat) return url.href
  const page = new URL(url)
  page.pathname += `${encodeURIComponent(project)}/`
  return page.href
}

function pageOf(
  answer: Awaited<ReturnType<RegistryContext['host']['http']['fetch']>>,
  asked: string,
  project: string
): IndexPage | undefined {
  if (answer.status === 404 || answer.status === 410) return undefined
  const source = withoutSecrets(answer.url)
  const contentType = answer.headers['content-type'] ?? ''
  const text = new TextDecoder().decode(answer.body)
  const page = parseSimplePage({ url: answer.url, contentType, text })
  if (page.kind === 'unreadable') {
    const reason = `answered with ${page.found} in place of an index page`
    throw new ServiceError({
      code: 'SERVICE_RESPONSE_INVALID',
      message: `Cannot read the index page of "${project}": ${source} ${reason}`,
      remedy:
        'See in a browser what is there: a login page wants credentials, an error page a correct address',
      url: withoutSecrets(asked),
      reason
    })
  }
  return indexed(source, page.files)
}

function indexed(source: string, files: readonly IndexFile[]): IndexPage {
  const byName = new Map(files.map((file) => [file.name, file]))
  const byDigest = new Map<string, IndexFile>()
  for (const file of files) {
    for (const digest of file.digests) byDigest.set(renderDigest(digest), file)
  }
  // Of the project that was asked about last: a page of links may have thousands.
  let grouped: { project: string; versions: ReadonlyMap<string, readonly IndexFile[]> } | undefined
  return {
    source,
    files,
    named: (name) => byName.get(name),
    withDigest(digests) {
      const found = digests.map((digest) => byDigest.get(renderDigest(digest)))
      return found.find((file) => file !== undefined)
    },
    ofVersion(project, version) {
      if (grouped?.project !== project) {
        const versionOf = ({ name }: IndexFile): string =>
          equalVersions(parseDistribution(name, project)?.version ?? '')
        grouped = { project, versions: Map.groupBy(files, versionOf) }
      }
      return grouped.versions.get(equalVersions(version)) ?? []
    }
  }
}

/** One text for all versions that are equal: `1.0` and `1.0.0`. */
function equalVersions(version: string): string {
  return version.replace(/^((?:\d+!)?\d+(?:\.\d+)*?)(?:\.0+)+(?!\.?\d)/, '$1')
}
