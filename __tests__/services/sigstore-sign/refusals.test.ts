import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { AssayError } from '../../../src/model/errors.ts'
import type { SignedBundle } from '../../../src/services/bundle-signer.ts'
import { keylessSigner } from '../../../src/services/sigstore-sign.ts'
import {
  type EmbeddedSigstore,
  type FaultOrder,
  startSigstore
} from '../../support/services/sigstore/sigstore.ts'
import { instanceOf, type SigningDesk, signingDesk, statementAbout } from '../../support/signing.ts'

const STATEMENT = statementAbout(Buffer.from('what is shipped'))
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let sigstore: EmbeddedSigstore

beforeAll(async () => {
  sigstore = await startSigstore()
  // Others have entries in the logs, so that there is something to mistake this one for.
  for (const rekor of ['1', '2'] as const) await (await attempt(rekor)).bundle
})

afterEach(() => {
  sigstore.behave()
})

afterAll(() => sigstore.close())

async function attempt(
  rekor: '1' | '2',
  desk: SigningDesk = signingDesk(sigstore)
): Promise<{ readonly desk: SigningDesk; readonly bundle: Promise<SignedBundle> }> {
  const instance = await instanceOf(sigstore, rekor)
  return { desk, bundle: keylessSigner(desk, instance).statement(STATEMENT) }
}

const REFUSALS: readonly (readonly [FaultOrder, '1' | '2', string, RegExp, RegExp])[] = [
  [['oidc', { kind: 'status', status: 401 }], '1', 'SERVICE_STATUS', /token.*401/, /id-token/],
  [['oidc', { kind: 'status', status: 404 }], '1', 'SERVICE_STATUS', /token.*404/, /id-token/],
  [['oidc', { kind: 'no-token' }], '1', 'SERVICE_RESPONSE_INVALID', /no value/, /REQUEST_URL/],
  [['oidc', { kind: 'html' }], '1', 'SERVICE_RESPONSE_INVALID', /no value/, /REQUEST_URL/],
  [
    ['oidc', { kind: 'wrong-key' }],
    '1',
    'SERVICE_STATUS',
    /certificate.*(400|401).*identity token/,
    /accept tokens of "http:.*" for the audience "sigstore"/
  ],
  [
    ['oidc', { kind: 'clock', offsetMs: -HOUR }],
    '1',
    'SERVICE_STATUS',
    /certificate/,
    /clock of this machine.*no longer valid/
  ],
  [
    ['oidc', { kind: 'clock', offsetMs: HOUR }],
    '1',
    'SERVICE_STATUS',
    /certificate/,
    /clock of this machine.*not yet valid/
  ],
  [['fulcio', { kind: 'status', status: 400 }], '1', 'SERVICE_STATUS', /400/, /audience/],
  [['fulcio', { kind: 'status', status: 404 }], '1', 'SERVICE_STATUS', /404/, /address/],
  [
    ['fulcio', { kind: 'redirect', to: 'http://127.0.0.1:1/', status: 307 }],
    '1',
    'SERVICE_REDIRECT_REFUSED',
    /redirect of what was sent/,
    /./
  ],
  [['fulcio', { kind: 'html' }], '1', 'SERVICE_RESPONSE_INVALID', /no chain/, /nothing/],
  [['fulcio', { kind: 'endless' }], '1', 'SERVICE_LIMIT_EXCEEDED', /262144 bytes/, /./],
  [['fulcio', { kind: 'no-sct' }], '1', 'SERVICE_RESPONSE_INVALID', /certificate log/, /nothing/],
  [
    ['fulcio', { kind: 'foreign-authority' }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /authority that the trusted root has not/,
    /same deployment/
  ],
  [['fulcio', { kind: 'wrong-key' }], '1', 'SERVICE_RESPONSE_INVALID', /another key/, /nothing/],
  [
    ['fulcio', { kind: 'wrong-identity', identity: 'https://github.com/evil/x' }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /for "https:\/\/github.com\/evil\/x", and the token for "octo-org/,
    /nothing/
  ],
  [
    ['fulcio', { kind: 'validity', fromMs: -HOUR, untilMs: -HOUR / 2 }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /holds from .* to .*, and the clock of this machine says/,
    /Set the clock/
  ],
  [
    ['fulcio', { kind: 'validity', fromMs: HOUR, untilMs: 2 * HOUR }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /holds from/,
    /Set the clock/
  ],
  [['rekorV1', { kind: 'status', status: 400 }], '1', 'SERVICE_STATUS', /log.*400/, /refuse/],
  [['rekorV1', { kind: 'status', status: 403 }], '1', 'SERVICE_STATUS', /log.*403/, /login/],
  [['rekorV1', { kind: 'status', status: 404 }], '1', 'SERVICE_STATUS', /log.*404/, /version/],
  [
    ['rekorV1', { kind: 'status', status: 413 }],
    '1',
    'SERVICE_STATUS',
    /log.*413/,
    /rekor-version: 2/
  ],
  [['rekorV1', { kind: 'html' }], '1', 'SERVICE_RESPONSE_INVALID', /no entry/, /nothing/],
  [
    ['rekorV1', { kind: 'wrong-entry' }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /another signature/,
    /nothing/
  ],
  [
    ['rekorV1', { kind: 'clock', offsetMs: -HOUR }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /states .*, and the certificate holds from/,
    /clock/
  ],
  [['rekorV2', { kind: 'status', status: 400 }], '2', 'SERVICE_STATUS', /log.*400/, /refuse/],
  [['rekorV2', { kind: 'html' }], '2', 'SERVICE_RESPONSE_INVALID', /without its proof/, /nothing/],
  [
    ['rekorV2', { kind: 'wrong-entry' }],
    '2',
    'SERVICE_RESPONSE_INVALID',
    /another signature/,
    /nothing/
  ],
  [['tsa', { kind: 'status', status: 400 }], '1', 'SERVICE_STATUS', /timestamp.*400/, /refuse/],
  [['tsa', { kind: 'html' }], '1', 'SERVICE_RESPONSE_INVALID', /no timestamp response/, /nothing/],
  [['tsa', { kind: 'wrong-bytes' }], '1', 'SERVICE_RESPONSE_INVALID', /timestamp/, /nothing/],
  [['tsa', { kind: 'rejected' }], '1', 'SERVICE_RESPONSE_INVALID', /rejected.* 2/, /nothing/],
  [
    ['tsa', { kind: 'wrong-imprint' }],
    '1',
    'SERVICE_RESPONSE_INVALID',
    /another signature/,
    /nothing/
  ],
  [['tsa', { kind: 'wrong-nonce' }], '1', 'SERVICE_RESPONSE_INVALID', /another request/, /nothing/],
  [['tsa', { kind: 'clock', offsetMs: HOUR }], '2', 'SERVICE_RESPONSE_INVALID', /states/, /clock/],
  [['tsa', { kind: 'clock', offsetMs: -HOUR }], '2', 'SERVICE_RESPONSE_INVALID', /states/, /clock/]
]

describe('what will not get better ends at once, and says what to do', () => {
  it.each(REFUSALS)('%j', async (order, rekor, code, message, remedy) => {
    sigstore.fault(...order)
    const { desk, bundle } = await attempt(rekor)

    await expect(bundle).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy)
    })
    expect(desk.slept).toEqual([])
  })

  it('when the token is for somebody else', async () => {
    sigstore.claims['aud'] = 'nobody'
    const { bundle } = await attempt('1')
    const caught = await bundle.catch((error: unknown) => error)
    delete sigstore.claims['aud']

    expect(caught).toMatchObject({
      code: 'SERVICE_STATUS',
      remedy: expect.stringContaining('for the audience "sigstore"')
    })
  })
})

describe('no fault of any service', () => {
  it.each(REFUSALS)('shows a token: %j', async (order, rekor) => {
    sigstore.fault(...order)
    const { desk, bundle } = await attempt(rekor)
    const caught = await bundle.catch((error: unknown) => error)
    const shown = [...desk.lines, ...textsOf(caught)].join('\n')

    expect(desk.masked.length).toBeGreaterThan(0)
    expect(desk.masked.filter((secret) => shown.includes(secret))).toEqual([])
    expect(shown).not.toContain('eyJ')
  })
})

/** Everything that an error can be asked for. */
function textsOf(error: unknown): readonly string[] {
  if (!Error.isError(error)) return [String(error)]
  const own = error instanceof AssayError ? [error.remedy] : []
  const { message, stack = '', cause } = error
  return [message, stack, JSON.stringify(error), ...own, ...(cause ? textsOf(cause) : [])]
}

describe('a token', () => {
  it('is masked before it is used, its parts too', async () => {
    const { desk, bundle } = await attempt('1')
    await bundle
    const { body } = sigstore.requests.findLast(({ service }) => service === 'fulcio') ?? {}
    const { credentials } = JSON.parse(body ?? '{}') as {
      readonly credentials: { readonly oidcIdentityToken: string }
    }
    const token = credentials.oidcIdentityToken

    expect(desk.masked).toEqual([
      sigstore.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
      token,
      ...token.split('.')
    ])
  })

  it('goes to the authority alone, and the right to ask for it to the runner alone', async () => {
    const before = sigstore.requests.length
    const { desk, bundle } = await attempt('1')
    await bundle
    const [right = '', token = ''] = desk.masked
    const seen = sigstore.requests.slice(before).map(({ service, path, headers, body }) => ({
      service,
      text: [path, JSON.stringify(headers), body].join('\n')
    }))
    const whoSaw = (secret: string): readonly string[] =>
      seen.filter(({ text }) => text.includes(secret)).map(({ service }) => service)

    expect(whoSaw(token)).toEqual(['fulcio'])
    expect(whoSaw(right)).toEqual(['oidc'])
  })

  it('does not follow the runner to another place', async () => {
    const elsewhere = await startSigstore()
    sigstore.fault('oidc', { kind: 'redirect', to: `${elsewhere.oidc.url}/token` })
    const { bundle } = await attempt('1')
    await expect(bundle).rejects.toMatchObject({ code: 'SERVICE_STATUS' })
    const seen = elsewhere.requests.map(({ headers }) => headers.authorization)
    await elsewhere.close()

    expect(seen).toEqual([undefined])
  })
})
