import {
  type MinisignSecret,
  openMinisignSecret,
  parseMinisignSecret
} from '../formats/minisign-secret.ts'
import { InputError } from '../model/errors.ts'
import type { SignSettings } from '../model/settings.ts'

/**
 * The secret key of minisign that a run signs files with. Nothing of key or password is in any error.
 *
 * @returns nothing when none is to be used
 * @throws InputError `INPUT_INVALID` when it cannot be used
 */
export async function minisignSecretOf({
  mode,
  minisignKey,
  minisignPassword
}: Pick<SignSettings, 'mode' | 'minisignKey' | 'minisignPassword'>): Promise<
  MinisignSecret | undefined
> {
  if (minisignKey === undefined || mode === 'off') return undefined
  const file = parseMinisignSecret(minisignKey)
  if (typeof file === 'string') {
    throw unusable(
      file,
      'Keep the text of the file that `minisign -G` wrote (minisign.key) as a secret, and give `minisign-key` the secret'
    )
  }
  if (file.lock !== undefined && minisignPassword === undefined) {
    throw unusable('it is locked, and no password is given', 'Give `minisign-key-password`')
  }
  const secret = await openMinisignSecret(file, minisignPassword ?? '')
  if (secret !== undefined) return secret
  throw file.lock === undefined
    ? unusable('it is damaged: its parts do not belong together', 'Give the file as it was written')
    : unusable(
        'the password does not open it',
        'Check that `minisign-key` and `minisign-key-password` belong together'
      )
}

/** Without a cause: nothing of the key is repeated. */
function unusable(what: string, remedy: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot use the secret key of minisign: ${what}`,
    remedy
  })
}
