/**
 * A URL as messages and reports may show it: without credentials, and with nothing of its query, which
 * may hold a signature or a token.
 */
export function withoutSecrets(url: string): string {
  if (!/[@?#]/.test(url)) return url
  if (!URL.canParse(url)) return url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '')
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  parsed.hash = ''
  const secret = parsed.search !== ''
  parsed.search = ''
  return secret ? `${parsed.href}?…` : parsed.href
}
