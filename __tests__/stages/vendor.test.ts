import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { parseVendorLock, type VendorLock } from '../../src/formats/vendor-lock.ts'
import { checkoutFiles } from '../../src/host/files.ts'
import type { Checkout } from '../../src/model/checkout.ts'
import { findingOf } from '../../src/model/finding.ts'
import { DEFAULT_POLICY, type Policy, type VendorPolicy } from '../../src/model/policy.ts'
import type { Settings } from '../../src/model/settings.ts'
import { UNREADABLE } from '../../src/stages/inventory/rules.ts'
import type { StageResult } from '../../src/stages/stage.ts'
import { vendor } from '../../src/stages/vendor.ts'
import { keyChange, trustOf } from '../../src/stages/vendor/keys.ts'
import type { Pack } from '../../src/stages/vendor/packs.ts'
import { fakeHost, type FakeHost } from '../support/fake-host.ts'
import { minisig, testKey } from '../support/minisign.ts'
import { runContext } from '../support/run-context.ts'
import { stage } from '../support/report.ts'

const KEY = testKey('publisher')
const OTHER = testKey('somebody else')
const FOLDER = 'third_party/zlib'
const LOCK = `${FOLDER}/vendor.lock.yaml`
const FILE = `${FOLDER}/zlib.tar.gz`
const SIGNATURE = `${FILE}.minisig`
const BYTES = 'the archive'

const CHECKOUT: Checkout = {
  name: 'octo/app',
  dirty: [],
  dirtyCount: 0,
  submodules: [],
  shallow: false,
  sparse: false
}

type Files = Readonly<Record<string, string>>

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function lockText(fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    name: 'zlib',
    version: '"1.3.1"',
    file: 'zlib.tar.gz',
    sha256: sha256(BYTES),
    pubkey: KEY.text,
    ...fields
  }
  return Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
}

function good(): Files {
  return {
    [LOCK]: lockText(),
    [FILE]: BYTES,
    [SIGNATURE]: minisig(KEY, BYTES, { name: 'zlib.tar.gz' })
  }
}

interface Given {
  readonly policy?: Partial<VendorPolicy>
  readonly settings?: Partial<Settings>
  readonly host?: FakeHost
  /** Locks that are among test data. */
  readonly fixtures?: readonly string[]
}

function check(files: Files, given: Given = {}): Promise<StageResult<undefined>> {
  const { policy = {}, settings, host = fakeHost({ files }), fixtures = [] } = given
  const lockfiles = Object.keys(files)
    .filter((path) => /vendor\.lock\.ya?ml$/.test(path))
    .map((path) => ({
      path,
      ecosystem: 'generic',
      format: 'vendor',
      fixture: fixtures.includes(path),
      direct: [],
      components: []
    }))
  const rules: Policy = { ...DEFAULT_POLICY, vendor: { ...DEFAULT_POLICY.vendor, ...policy } }
  return vendor.run(runContext(host, settings), {
    checkout: CHECKOUT,
    inventory: { components: [], gaps: [], lockfiles },
    policy: rules
  })
}

/** What a person is told: exit code, and rule and message of each finding. */
async function told(files: Files, given?: Given): Promise<readonly string[]> {
  const { outputs, findings = [] } = await check(files, given)
  return [
    outputs?.['vendor-exit-code'] ?? 'none',
    ...findings.map(({ rule, message }) => `${rule.id} ${message}`)
  ]
}

/** A key in short, as messages have it. */
function idOf(key: typeof KEY): string {
  return Buffer.from(key.id.toReversed()).toString('hex').toUpperCase()
}

function edited(text: string, change: (lines: string[]) => void): string {
  const lines = text.split('\n')
  change(lines)
  return lines.join('\n')
}

function pin(...pubkeys: readonly string[]): Partial<VendorPolicy> {
  return { keys: [{ packs: ['zlib'], pubkeys }] }
}

function lockOf(text: string): VendorLock {
  const lock = parseVendorLock(text)
  if ('name' in lock) return lock
  throw new Error(JSON.stringify(lock))
}

function packOf(text: string, path = LOCK): Pack {
  const lock = lockOf(text)
  return { path, folder: dirname(path), text, lock, paths: [], partial: false }
}

/** What is said of a lock's key after a base commit with these locks. */
function keyChanges(pack: Pack, base: readonly (readonly [string, string])[]): readonly string[] {
  const locks = base.map(([path, text]) => ({ path, lock: lockOf(text) }))
  const trust = trustOf(pack, DEFAULT_POLICY.vendor)
  return keyChange(pack, trust, { commit: 'abc', locks }).map(({ message }) => message)
}

describe('a vendored file', () => {
  it('that is as locked and signed is verified twice, with who signed it', async () => {
    const { evidence, findings, outputs, stats } = await check(good())

    expect(findings).toEqual([])
    expect(outputs).toEqual({ 'vendor-exit-code': '0' })
    expect(stats).toMatchObject({ folders: 1, files: 1, verified: 2 })
    expect(evidence).toEqual([
      {
        subject: `pkg:generic/zlib@1.3.1?checksum=sha256:${sha256(BYTES)}`,
        source: FILE,
        file: 'zlib.tar.gz',
        observedAt: '2026-01-02T03:04:05Z',
        kind: 'digest',
        outcome: 'verified',
        observed: { algorithm: 'sha256', hex: sha256(BYTES) },
        detail: `the file has the locked sha256:${sha256(BYTES)}`
      },
      {
        subject: `pkg:generic/zlib@1.3.1?checksum=sha256:${sha256(BYTES)}`,
        source: SIGNATURE,
        file: 'zlib.tar.gz',
        observedAt: '2026-01-02T03:04:05Z',
        kind: 'signature',
        outcome: 'verified',
        observed: { algorithm: 'sha256', hex: sha256(BYTES) },
        signer: { identity: `minisign:${idOf(KEY)}` },
        detail: `signed with key ${idOf(KEY)} of the lock; trusted comment "timestamp:1700000000\\tfile:zlib.tar.gz\\thashed"`
      }
    ])
  })

  const signed = (data: string, options?: Parameters<typeof minisig>[2], key = KEY): string =>
    minisig(key, data, { name: 'zlib.tar.gz', ...options })
  const at = `zlib 1.3.1: "zlib.tar.gz",`
  const notMinisign = `vendor/bad-signature ${at} "${SIGNATURE}" is no signature of minisign:`

  it.each<readonly [string, string, Files, string]>([
    ['is not there', '2', { [FILE]: '' }, `vendor/missing-file ${at} there is no such file`],
    [
      'was changed',
      '4',
      { [FILE]: 'evil' },
      `vendor/digest-mismatch ${at} the lock has sha256:${sha256(BYTES)}, the file sha256:${sha256('evil')}`
    ],
    [
      'was changed, and signed again with the key of the lock',
      '3',
      { [FILE]: 'evil', [SIGNATURE]: signed('evil') },
      `vendor/digest-mismatch ${at} the lock has`
    ],
    [
      'was changed together with the lock',
      '4',
      { [FILE]: 'evil', [LOCK]: lockText({ sha256: sha256('evil') }) },
      `vendor/bad-signature ${at} the file is not what key ${idOf(KEY)} signed`
    ],
    [
      'is only a pointer of Git LFS',
      '4',
      { [FILE]: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n' },
      `it is a pointer of Git LFS, not the file`
    ],
    [
      'has the signature of another key',
      '4',
      { [SIGNATURE]: signed(BYTES, {}, OTHER) },
      `vendor/bad-signature ${at} it is signed with key ${idOf(OTHER)}, and the lock names ${idOf(KEY)}`
    ],
    [
      'has the signature of another key under the same id',
      '4',
      { [SIGNATURE]: signed(BYTES, {}, { ...OTHER, id: KEY.id }) },
      `vendor/bad-signature ${at} the file is not what key ${idOf(KEY)} signed`
    ],
    [
      'has an edited trusted comment',
      '4',
      { [SIGNATURE]: signed(BYTES).replace('1700000000', '1800000000') },
      `vendor/bad-signature ${at} the trusted comment is not what key ${idOf(KEY)} signed`
    ],
    [
      'has the trusted comment of another signature',
      '4',
      {
        [SIGNATURE]: edited(signed(BYTES), (all) =>
          all.splice(2, 2, ...signed('other').split('\n').slice(2, 4))
        )
      },
      `vendor/bad-signature ${at} the trusted comment is not`
    ],
    [
      'was signed under the name of another version',
      '4',
      { [SIGNATURE]: signed(BYTES, { name: 'zlib-1.2.tar.gz' }) },
      `vendor/bad-signature ${at} key ${idOf(KEY)} signed it under the name "zlib-1.2.tar.gz": another file, or another version`
    ],
    [
      'has a signature of the old form',
      '4',
      { [SIGNATURE]: signed(BYTES, { legacy: true }) },
      `vendor/legacy-signature ${at} its signature is of the old form, which the policy does not allow`
    ],
    [
      'has the signature of signify',
      '4',
      { [SIGNATURE]: edited(signed(BYTES), (all) => all.splice(2)) },
      `${notMinisign} a signature of signify, which has no trusted comment`
    ],
    [
      'has an empty signature',
      '4',
      { [SIGNATURE]: '\n' },
      `${notMinisign} no "untrusted comment: "`
    ],
    [
      'has a signature without its last line',
      '4',
      { [SIGNATURE]: edited(signed(BYTES), (all) => all.splice(3)) },
      `${notMinisign} no global signature in its fourth line`
    ],
    [
      'has a signature with something behind it',
      '4',
      { [SIGNATURE]: `${signed(BYTES)}${signed(BYTES)}` },
      `${notMinisign} more than four lines`
    ],
    [
      'has a comment that would move the cursor',
      '4',
      { [SIGNATURE]: signed(BYTES, { comment: '\u001b[2Jfile:zlib.tar.gz' }) },
      `${notMinisign} a trusted comment that cannot be printed`
    ],
    [
      'has a signature of 100 kB',
      '4',
      { [SIGNATURE]: `untrusted comment: ${'x'.repeat(100_000)}` },
      `${notMinisign} `
    ],
    [
      'has no signature',
      '2',
      { [SIGNATURE]: '' },
      `vendor/unsigned ${at} there is no "${SIGNATURE}", and no signature of the lock`
    ],
    [
      'has no signature where the lock has it',
      '2',
      { [LOCK]: lockText({ signature: 'sig/zlib.minisig' }) },
      `vendor/missing-file ${at} there is no "${FOLDER}/sig/zlib.minisig", where the lock has its signature`
    ],
    [
      'has no key',
      '2',
      { [LOCK]: lockText({ pubkey: '' }) },
      `vendor/unsigned ${at} neither the lock nor the policy names a public key`
    ]
  ])('that %s: exit code %s', async (_, exitCode, changes, message) => {
    const files = Object.entries({ ...good(), ...changes }).filter(([, text]) => text !== '')
    const [code, ...messages] = await told(Object.fromEntries(files))

    expect(messages.join('\n')).toContain(message)
    expect(code).toBe(exitCode)
  })

  it('never shows a comment that nobody signed', async () => {
    const comment = 'file:zlib.tar.gz\tforged by somebody'
    const forged = minisig(OTHER, BYTES, { comment })

    const { evidence } = await check({ ...good(), [SIGNATURE]: forged })

    expect(JSON.stringify(evidence)).not.toContain('forged by somebody')
  })

  it('with a signature of the old form holds where the policy allows it', async () => {
    const old = minisig(KEY, BYTES, { name: 'zlib.tar.gz', legacy: true })
    const policy = { allowLegacy: true }

    const { findings, evidence } = await check({ ...good(), [SIGNATURE]: old }, { policy })
    expect(findings).toEqual([])
    expect(evidence?.[1]).toMatchObject({ outcome: 'verified' })
    expect(evidence?.[1]?.detail).toContain('in the old form')

    const tampered = { ...good(), [SIGNATURE]: old, [FILE]: 'evil' }
    expect((await told(tampered, { policy })).join()).toContain('the file is not what key')
  })

  it('may say nothing of its name', async () => {
    const unnamed = minisig(KEY, BYTES, { comment: 'release 1.3.1' })

    expect(await told({ ...good(), [SIGNATURE]: unnamed })).toEqual(['0'])
  })
})

describe('a lock with several files', () => {
  const files = { 'src/a.c': 'int a;', 'src/b.c': 'int b;' }
  const lock = [
    'name: lib',
    'version: "2"',
    `pubkey: ${KEY.text}`,
    'build_image: registry.example/gcc',
    'files:',
    ...Object.entries(files).flatMap(([path, text]) => [
      `  - path: ${path}`,
      `    sha256: ${sha256(text)}`
    ]),
    ''
  ].join('\n')
  const tree = {
    'lib/vendor.lock.yaml': lock,
    'lib/src/a.c': files['src/a.c'],
    'lib/src/b.c': files['src/b.c'],
    'lib/vendor.lock.yaml.minisig': minisig(KEY, lock, { name: 'vendor.lock.yaml' })
  }

  it('can be signed itself, for all of them', async () => {
    const { outputs, evidence } = await check(tree)

    expect(outputs).toEqual({ 'vendor-exit-code': '0' })
    expect(evidence?.map(({ kind, file, outcome }) => [kind, file, outcome])).toEqual([
      ['signature', 'vendor.lock.yaml', 'verified'],
      ['digest', 'src/a.c', 'verified'],
      ['digest', 'src/b.c', 'verified']
    ])
  })

  it('shows what the lock says of the build as no more than that', async () => {
    const { section } = await check(tree)

    expect(JSON.stringify(section)).toContain('as the locks say it: not checked')
    expect(JSON.stringify(section)).toContain('registry.example/gcc')
  })

  it('says when the signature of the lock does not hold', async () => {
    const changed = { ...tree, 'lib/vendor.lock.yaml': lock.replace('"2"', '"3"') }

    expect(await told(changed)).toEqual([
      '4',
      `vendor/bad-signature lib 3: "vendor.lock.yaml", the file is not what key ${idOf(KEY)} signed`
    ])
  })

  it('has the highest exit code of all', async () => {
    const { 'lib/src/a.c': _, ...missing } = tree

    expect((await told(missing))[0]).toBe('2')
    expect((await told({ ...missing, 'lib/src/b.c': 'x' }))[0]).toBe('3')
    const broken = { ...missing, 'lib/src/b.c': 'x', 'lib/src/b.c.minisig': 'x' }
    expect((await told(broken))[0]).toBe('4')
  })

  it('names in one finding what it does not list, but not what is left out', async () => {
    const more = { ...tree, 'lib/evil.sh': 'x', 'lib/docs/x.md': 'x' }
    const settings = { exclude: ['lib/docs/'] }

    expect(await told(more, { settings })).toEqual([
      '0',
      'vendor/not-listed The lock of lib 2 does not list "lib/evil.sh"'
    ])
  })

  it('leaves a folder in it to its own lock', async () => {
    const inner = Object.fromEntries(
      Object.entries(good()).map(([path, text]) => [path.replace(FOLDER, 'lib/deps/zlib'), text])
    )

    expect(await told({ ...tree, ...inner })).toEqual(['0'])
  })

  it('tells many files that are wrong in the same way in one finding', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `f${at}`)
    const text = `name: many\nversion: "1"\nfiles:\n${many
      .map((name) => `  - { path: ${name}, sha256: ${sha256(name)} }\n`)
      .join('')}`

    const { findings, evidence } = await check({ 'many/vendor.lock.yaml': text })

    expect(findings).toHaveLength(1)
    expect(findings?.[0]?.message).toMatch(/^many 1: 30 files, "f0", .* and 20 more; the first: /)
    expect(evidence).toHaveLength(30)
  })
})

describe('links', () => {
  let root = ''
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  function onDisk(files: Files): FakeHost {
    const outside = mkdtempSync(join(tmpdir(), 'assay-vendor-'))
    root = outside
    const top = join(outside, 'work')
    mkdirSync(top)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(top, path)), { recursive: true })
      writeFileSync(join(top, path), text)
    }
    writeFileSync(join(outside, 'outside'), BYTES)
    return { ...fakeHost(), files: checkoutFiles(top) }
  }

  it.each([
    ['out of the checkout', '../../../outside'],
    ['to another file of it', '../../elsewhere']
  ])('%s are no vendored files', async (_, target) => {
    const { [FILE]: __, ...rest } = good()
    const host = onDisk({ ...rest, elsewhere: BYTES })
    symlinkSync(target, join(host.files.root, FILE))

    expect(await told(good(), { host })).toEqual([
      '2',
      'vendor/missing-file zlib 1.3.1: "zlib.tar.gz", it is a link, expected a file'
    ])
  })

  it('are no signatures', async () => {
    const { [SIGNATURE]: signature = '', ...rest } = good()
    const host = onDisk({ ...rest, elsewhere: signature })
    symlinkSync('../../elsewhere', join(host.files.root, SIGNATURE))

    expect((await told(good(), { host })).join()).toContain(
      'is no signature of minisign: no file, but a link or device'
    )
  })

  it('and modules in a folder are named', async () => {
    const host = onDisk({ ...good(), [`${FOLDER}/node_modules/m/index.js`]: 'x' })
    symlinkSync('../../..', join(host.files.root, FOLDER, 'up'))

    expect(await told(good(), { host })).toEqual([
      '0',
      `vendor/not-listed The lock of zlib 1.3.1 does not list "${FOLDER}/node_modules/m/index.js", "${FOLDER}/up"`
    ])
  })
})

describe('keys', () => {
  it('that the policy pins count alone', async () => {
    expect(await told(good(), { policy: pin(KEY.text) })).toEqual(['0'])
    expect(
      await told({ ...good(), [LOCK]: lockText({ pubkey: '' }) }, { policy: pin(KEY.text) })
    ).toEqual(['0'])
    expect(await told(good(), { policy: pin(OTHER.text, KEY.text) })).toEqual(['0'])
  })

  it('cannot be replaced by the lock', async () => {
    const files = {
      [LOCK]: lockText({ pubkey: OTHER.text, sha256: sha256('evil') }),
      [FILE]: 'evil',
      [SIGNATURE]: minisig(OTHER, 'evil', { name: 'zlib.tar.gz' })
    }

    expect(await told(files, { policy: pin(KEY.text) })).toEqual([
      '4',
      `vendor/key-changed The key of zlib 1.3.1 is not the trusted one: the policy pins ${KEY.text} (${idOf(KEY)}), the lock names ${OTHER.text} (${idOf(OTHER)})`,
      `vendor/bad-signature zlib 1.3.1: "zlib.tar.gz", it is signed with key ${idOf(OTHER)}, and the policy pins ${idOf(KEY)}`
    ])
  })

  it('are missed with their folder', async () => {
    const renamed = { ...good(), [LOCK]: lockText({ name: 'zlib2' }) }

    expect(await told(renamed, { policy: pin(KEY.text) })).toEqual([
      '2',
      'vendor/missing-file No vendored folder is called "zlib", whose key the policy pins'
    ])
  })

  it('of the base commit are compared, by place and by name', () => {
    const other = lockText({ pubkey: OTHER.text })
    const both = `base commit abc has ${KEY.text} (${idOf(KEY)}), the lock names ${OTHER.text} (${idOf(OTHER)})`

    expect(keyChanges(packOf(lockText()), [[LOCK, lockText()]])).toEqual([])
    expect(keyChanges(packOf(other), [])).toEqual([])
    expect(keyChanges(packOf(other), [[LOCK, lockText()]])).toEqual([expect.stringContaining(both)])
    expect(keyChanges(packOf(other), [['old/vendor.lock.yaml', lockText()]])).toEqual([
      expect.stringContaining(both)
    ])
    const renamed = lockText({ pubkey: OTHER.text, name: 'zlib2' })
    expect(keyChanges(packOf(renamed), [[LOCK, lockText()]])).toEqual([
      expect.stringContaining(both)
    ])
    expect(keyChanges(packOf(lockText({ pubkey: '' })), [[LOCK, lockText()]])).toEqual([
      expect.stringContaining('the lock names none any more')
    ])
    expect(keyChanges(packOf(lockText()), [[LOCK, lockText({ pubkey: '' })]])).toEqual([])
  })
})

describe('which folders count', () => {
  it('may be the checkout itself, of which the lock lists a part', async () => {
    const top = Object.fromEntries(
      Object.entries(good()).map(([path, text]) => [path.replace(`${FOLDER}/`, ''), text])
    )

    expect(await told({ ...top, 'src/main.c': 'int main;' })).toEqual(['0'])
    expect(await told(top, { settings: { vendor: ['.'] } })).toEqual(['0'])
  })

  it('are those with a lock, but for test data', async () => {
    expect(await told({}, {})).toEqual(['none'])
    expect(await told(good(), { fixtures: [LOCK] })).toEqual(['none'])
  })

  it.each([
    [FOLDER, '0'],
    ['third_party/*', '0'],
    ['./third_party/zlib/', '0'],
    ['third_party/z*', '0']
  ])('are those that are asked for: %s', async (wanted, code) => {
    expect((await told(good(), { settings: { vendor: [wanted] }, fixtures: [LOCK] }))[0]).toBe(code)
  })

  it('must have a lock when they are asked for', async () => {
    expect(await told(good(), { settings: { vendor: [FOLDER, 'third_party/lz4', '.'] } })).toEqual([
      '2',
      'vendor/missing-file No vendored folder with a lock is in "third_party/lz4", which `vendor` asks for',
      'vendor/missing-file No vendored folder with a lock is in ".", which `vendor` asks for'
    ])
  })

  it('cannot be named by what is no pattern', async () => {
    await expect(check(good(), { settings: { vendor: ['../x'] } })).rejects.toThrow(
      'Cannot use the pattern "../x" of `vendor`'
    )
  })

  it('count as incomplete when a lock cannot be read', async () => {
    const report = stage({
      stage: 'inventory',
      findings: [findingOf(UNREADABLE, { subject: LOCK, message: 'damaged' })]
    })
    const context = { ...runContext(fakeHost()), reports: [report] }

    const { outputs } = await vendor.run(context, {
      checkout: CHECKOUT,
      inventory: { components: [], gaps: [], lockfiles: [] },
      policy: DEFAULT_POLICY
    })

    expect(outputs).toEqual({ 'vendor-exit-code': '2' })
  })
})
