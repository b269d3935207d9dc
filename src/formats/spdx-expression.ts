import deprecatedExceptions from 'spdx-exceptions/deprecated.json' with { type: 'json' }
import exceptions from 'spdx-exceptions/index.json' with { type: 'json' }
import deprecatedIds from 'spdx-license-ids/deprecated.json' with { type: 'json' }
import ids from 'spdx-license-ids/index.json' with { type: 'json' }

/** Longer statements are texts, not expressions; in UTF-16 units. */
const MAX_LENGTH = 1000

const LICENSES = byLowerCase([...ids, ...deprecatedIds])
const EXCEPTIONS = byLowerCase([...exceptions, ...deprecatedExceptions])
const LICENSE_REF = /^LicenseRef-[A-Za-z0-9.-]+$/

/** A licence statement that is valid SPDX. */
export interface SpdxExpression {
  /** In canonical form: ids as the list spells them, operators in capitals, single blanks. */
  readonly text: string
  /** It is one id of the SPDX license list and nothing else. */
  readonly isId: boolean
  /** It needs no parentheses inside an AND. */
  readonly isAtomic: boolean
  /** `LicenseRef-…` names in it, which only the document that uses them can explain. */
  readonly refs: readonly string[]
}

/**
 * Reads an SPDX license expression as package metadata states it.
 *
 * Ids may be in any case, as the specification has it, and operators all in lower case, as version 3 does.
 *
 * @returns nothing when it is none, or refers to another document
 * @see https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function parseSpdxExpression(text: string): SpdxExpression | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const words = text.match(/[()]|[^\s()]+/g) ?? []
  const out: string[] = []
  const refs: string[] = []
  let depth = 0
  let expects: 'license' | 'exception' | 'operator' = 'license'
  for (const word of words) {
    if (expects === 'license' && word === '(') {
      depth++
      out.push(word)
    } else if (expects === 'license') {
      const license = licenseOf(word)
      if (license === undefined) return undefined
      if (license.startsWith('LicenseRef-')) refs.push(license)
      out.push(license)
      expects = 'operator'
    } else if (expects === 'exception') {
      const exception = EXCEPTIONS.get(word.toLowerCase())
      if (exception === undefined) return undefined
      out.push(exception)
      expects = 'operator'
    } else if (word === ')') {
      if (--depth < 0) return undefined
      out.push(word)
    } else {
      const operator = operatorOf(word)
      // An exception belongs to one license: not to a parenthesis, not to another exception.
      if (operator === undefined || (operator === 'WITH' && !isLicenseAt(out))) return undefined
      out.push(operator)
      expects = operator === 'WITH' ? 'exception' : 'license'
    }
  }
  if (expects !== 'operator' || depth !== 0) return undefined
  return {
    text: out.join(' ').replaceAll('( ', '(').replaceAll(' )', ')'),
    isId: out.length === 1 && LICENSES.has(out[0]?.toLowerCase() ?? ''),
    isAtomic: !out.includes('OR'),
    refs
  }
}

/** One expression that says that all of these hold. */
export function allOf(expressions: readonly SpdxExpression[]): string {
  if (expressions.length === 1) return expressions[0]?.text ?? ''
  return expressions.map(({ text, isAtomic }) => (isAtomic ? text : `(${text})`)).join(' AND ')
}

function licenseOf(word: string): string | undefined {
  if (LICENSE_REF.test(word)) return word
  const plus = word.endsWith('+') ? '+' : ''
  const known = LICENSES.get(word.toLowerCase())
  if (known !== undefined) return known
  const base = plus === '' ? undefined : LICENSES.get(word.slice(0, -1).toLowerCase())
  return base === undefined ? undefined : `${base}+`
}

function operatorOf(word: string): 'AND' | 'OR' | 'WITH' | undefined {
  const upper = word.toUpperCase()
  if (word !== upper && word !== word.toLowerCase()) return undefined
  return upper === 'AND' || upper === 'OR' || upper === 'WITH' ? upper : undefined
}

function isLicenseAt(out: readonly string[]): boolean {
  return out.at(-1) !== ')' && out.at(-2) !== 'WITH'
}

function byLowerCase(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [name.toLowerCase(), name]))
}
