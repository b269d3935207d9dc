import type { Finding } from '../../model/finding.ts'
import {
  BAD_SIGNATURE,
  DIGEST_MISMATCH,
  KEY_CHANGED,
  LEGACY_SIGNATURE,
  MISSING_FILE,
  UNSIGNED
} from './rules.ts'

/**
 * What scripts that check vendored files end with by custom.
 *
 * - 0: all is there, as locked and signed
 * - 2: a file or its signature is missing
 * - 3: bytes are not the locked ones
 * - 4: a signature does not hold, or not by a key that is trusted
 */
export type VendorExitCode = 0 | 2 | 3 | 4

const CODES: ReadonlyMap<string, VendorExitCode> = new Map([
  [MISSING_FILE.id, 2],
  [UNSIGNED.id, 2],
  [DIGEST_MISMATCH.id, 3],
  [BAD_SIGNATURE.id, 4],
  [KEY_CHANGED.id, 4],
  [LEGACY_SIGNATURE.id, 4]
])

/** The highest that any finding asks for. Waivers do not count: it says what was seen. */
export function vendorExitCode(
  findings: readonly Finding[],
  unreadable: readonly string[]
): VendorExitCode {
  let worst: VendorExitCode = unreadable.length > 0 ? 2 : 0
  for (const { rule } of findings) {
    const code = CODES.get(rule.id) ?? 0
    if (code > worst) worst = code
  }
  return worst
}
