import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Ended, runProgram, type Values } from './program.ts'
import type { RealSigstore } from './real-sigstore.ts'
import type { SignerName, Signers } from './signers.ts'

/** What cosign is asked to state about every image. */
export const STATED = ['spdxjson', 'cyclonedx', 'slsaprovenance1'] as const

/** Real cosign as a signer. */
export interface Cosign {
  /** Signs an image, and attests all of {@link STATED}, as bundles that refer to it. @throws when it cannot */
  image(reference: string, signer: SignerName): Promise<void>
  /** The same as cosign 2 does, into tags. @throws when it cannot */
  legacyImage(reference: string, signer: SignerName): Promise<void>
  /** Signs a file. @returns the path of the bundle @throws when it cannot */
  blob(file: string, signer: SignerName): Promise<string>
  /** States provenance of a file. @returns the path of the bundle @throws when it cannot */
  blobStatement(file: string, signer: SignerName): Promise<string>
  /** Predicate that is attested, by cosign's name of its type. */
  predicate(type: string): string
}

interface Context {
  readonly sigstore: RealSigstore
  readonly signers: Signers
  readonly env: Values
}

/** @param env of the programs: logins, and nothing of the internet */
export function cosignFor(context: Context): Cosign {
  const { folder } = context.sigstore
  const predicate = (type: string): string => join(folder, `predicate.${type}.json`)
  for (const [type, json] of Object.entries(PREDICATES)) {
    writeFileSync(predicate(type), JSON.stringify(json))
  }
  let count = 0
  const newBundle = (): string => join(folder, `theirs.${++count}.sigstore.json`)
  return {
    predicate,
    async image(reference, signer) {
      await signed(context, ['sign', ...bundleFlags(context, signer), reference])
      for (const type of STATED) {
        const what = ['--type', type, '--predicate', predicate(type)]
        await signed(context, ['attest', ...what, ...bundleFlags(context, signer), reference])
      }
    },
    async legacyImage(reference, signer) {
      await signedByCosign2(context, signer, ['sign', reference])
      for (const type of STATED) {
        const what = ['--type', type, '--predicate', predicate(type)]
        await signedByCosign2(context, signer, ['attest', ...what, reference])
      }
    },
    async blob(file, signer) {
      const bundle = newBundle()
      await signed(context, [
        'sign-blob',
        ...bundleFlags(context, signer),
        '--bundle',
        bundle,
        file
      ])
      return bundle
    },
    async blobStatement(file, signer) {
      const bundle = newBundle()
      const what = ['--type', 'slsaprovenance1', '--predicate', predicate('slsaprovenance1')]
      const flags = [...what, ...bundleFlags(context, signer), '--bundle', bundle]
      await signed(context, ['attest-blob', ...flags, file])
      return bundle
    }
  }
}

const PREDICATES: Readonly<Record<(typeof STATED)[number], object>> = {
  spdxjson: {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: 'interop',
    documentNamespace: 'https://example.com/interop',
    creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Tool: interop'] },
    packages: []
  },
  cyclonedx: { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components: [] },
  slsaprovenance1: {
    buildDefinition: {
      buildType: 'https://example.com/interop',
      externalParameters: {},
      internalParameters: {},
      resolvedDependencies: []
    },
    runDetails: { builder: { id: 'https://example.com/interop' }, metadata: {} }
  }
}

function bundleFlags({ sigstore, signers }: Context, name: SignerName): readonly string[] {
  const { rekor, cosignKey } = signers.known(name)
  const config = rekor === 1 ? 'SIGNING_CONFIG_REKOR_V1' : 'SIGNING_CONFIG'
  return [
    '--yes',
    '--trusted-root',
    sigstore.told('TRUSTED_ROOT'),
    '--signing-config',
    sigstore.told(config),
    ...(cosignKey === undefined ? [] : ['--key', cosignKey])
  ]
}

async function signed(context: Context, args: readonly string[]): Promise<void> {
  const { sigstore, env, signers } = context
  const all = {
    ...env,
    SIGSTORE_ID_TOKEN: await idToken(sigstore),
    COSIGN_PASSWORD: signers.cosignKeyPassword
  }
  mustHaveEnded('cosign', args, await runProgram(sigstore.cosign, args, { env: all }))
}

async function signedByCosign2(
  context: Context,
  name: SignerName,
  args: readonly string[]
): Promise<void> {
  const { sigstore, env, signers } = context
  const { cosignKey, rekor } = signers.known(name)
  const log =
    rekor === 1
      ? ['--rekor-url', sigstore.told('REKOR_V1_URL')]
      : ['--tlog-upload=false', '--timestamp-server-url', sigstore.told('TSA_URL')]
  const as =
    cosignKey === undefined ? ['--fulcio-url', sigstore.told('FULCIO_URL')] : ['--key', cosignKey]
  const all = [...args, '--yes', ...log, ...as]
  const ended = await runProgram(sigstore.cosign2, all, {
    env: {
      ...env,
      SIGSTORE_ID_TOKEN: await idToken(sigstore),
      COSIGN_PASSWORD: signers.cosignKeyPassword,
      SIGSTORE_ROOT_FILE: sigstore.told('FULCIO_CHAIN'),
      SIGSTORE_CT_LOG_PUBLIC_KEY_FILE: sigstore.told('CTLOG_PUBLIC_KEY'),
      SIGSTORE_REKOR_PUBLIC_KEY: sigstore.told('REKOR_V1_PUBLIC_KEY')
    }
  })
  mustHaveEnded('cosign2', all, ended)
}

/** What a job gets from its runner. */
export async function idToken(sigstore: RealSigstore): Promise<string> {
  const answer = await fetch(`${sigstore.told('ACTIONS_ID_TOKEN_REQUEST_URL')}&audience=sigstore`, {
    headers: { authorization: `Bearer ${sigstore.told('ACTIONS_ID_TOKEN_REQUEST_TOKEN')}` }
  })
  const { value } = (await answer.json()) as { readonly value: string }
  return value
}

function mustHaveEnded(program: string, args: readonly string[], ended: Ended): void {
  if (ended.exitCode === 0) return
  throw new Error(`${program} ${args.join(' ')} ended with ${ended.exitCode}: ${ended.stderr}`)
}
