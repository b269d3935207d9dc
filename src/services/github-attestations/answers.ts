import type { HttpAnswer } from '../../host/host.ts'
import { jsonObjectIn, jsonObjectOf } from '../../formats/json.ts'
import { unclear } from './refusals.ts'

/** Longest cursor that is sent back. */
const MAX_CURSOR = 500

/**
 * The bundles on a page. One that is only an address is not followed: it leads to another host.
 *
 * @throws ServiceError `SERVICE_RESPONSE_INVALID` when it is no page
 */
export function pageOf(answer: HttpAnswer): {
  readonly bundles: readonly unknown[]
  readonly unread: number
} {
  const { attestations } = jsonObjectIn(answer.body) ?? {}
  if (!Array.isArray(attestations)) throw unclear(answer)
  const bundles = attestations
    .map((one) => jsonObjectOf(one)?.['bundle'])
    .filter((bundle) => jsonObjectOf(bundle) !== undefined)
  return { bundles, unread: attestations.length - bundles.length }
}

/** Where the next page begins. Of the address that GitHub gives, the rest is known. */
export function nextCursor({ headers }: HttpAnswer): string | undefined {
  const links = (headers['link'] ?? '').slice(0, 8192).split(',')
  const next = links.find((link) => /;\s*rel="next"/.test(link))
  const address = /<([^<>]*)>/.exec(next ?? '')?.[1] ?? ''
  const after = URL.canParse(address) ? new URL(address).searchParams.get('after') : null
  return after === null || after === '' || after.length > MAX_CURSOR ? undefined : after
}
