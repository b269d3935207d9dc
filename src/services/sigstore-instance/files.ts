import { parseJson } from '../../formats/json.ts'
import { type SigningConfig, signingConfigOf } from '../../formats/signing-config.ts'
import { InputError, messageOf, ParseError } from '../../model/errors.ts'
import type { InstanceContext, InstanceMaterial } from './context.ts'

/**
 * Reads trusted root and signing configuration from files.
 *
 * @throws InputError `INPUT_CONFLICT` for one without the other that it needs, `INPUT_INVALID` for a file that is none
 */
export async function fromFiles(context: InstanceContext): Promise<InstanceMaterial> {
  const { trustedRoot, signingConfig, tufUrl, tufRoot } = context.settings
  if (tufUrl !== undefined || tufRoot !== undefined) {
    throw conflict(
      'found files of a deployment and a TUF repository, expected one of them',
      'Leave out either `tuf-url` and `tuf-root`, or `trusted-root` and `signing-config`'
    )
  }
  if (trustedRoot === undefined) {
    throw conflict(
      'found `signing-config` without `trusted-root`, expected both',
      'Give `trusted-root`, as `cosign trusted-root create` writes it: what is signed is verified with it'
    )
  }
  const root = await jsonFile(context, 'trusted-root', trustedRoot)
  const config = signingConfig === undefined ? undefined : await configFile(context, signingConfig)
  return {
    trustedRoot: root,
    asOf: context.host.now().toISOString().slice(0, 10),
    ...(config && { config })
  }
}

async function configFile(context: InstanceContext, path: string): Promise<SigningConfig> {
  const config = signingConfigOf(await jsonFile(context, 'signing-config', path))
  if (typeof config !== 'string') return config
  throw invalid('signing-config', path, config)
}

/** @throws InputError `INPUT_INVALID` when it is not there or no JSON */
export async function jsonFile(
  context: InstanceContext,
  input: string,
  path: string
): Promise<unknown> {
  const text = await context.readText(path)
  if (text === undefined) throw invalid(input, path, 'there is no such file')
  try {
    return parseJson({ path, text }, { code: 'CONFIG_SYNTAX', remedy: REMEDY })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new InputError({
      code: 'INPUT_INVALID',
      message: messageOf(error),
      remedy: REMEDY,
      cause: error
    })
  }
}

const REMEDY =
  'Make it anew: `cosign trusted-root create`, `cosign signing-config create`. On a pull request the file of its base is read'

function invalid(input: string, path: string, why: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot read \`${input}\` "${path}": ${why}`,
    remedy: REMEDY
  })
}

/** Two inputs that contradict each other. */
export function conflict(why: string, remedy: string): InputError {
  return new InputError({
    code: 'INPUT_CONFLICT',
    message: `Cannot tell which Sigstore to use: ${why}`,
    remedy
  })
}
