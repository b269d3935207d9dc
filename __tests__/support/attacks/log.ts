import { newMerkleLog } from '../services/sigstore/merkle-log.ts'
import {
  type BundleJson,
  checkpointOf,
  type EntryJson,
  logEntry,
  type LogEntry,
  newForgeLog
} from '../signed/forge.ts'
import {
  attack,
  type AttackGroup,
  AT,
  entryIn,
  flipped,
  FORGE,
  KEY,
  made,
  minutes,
  OTHER,
  rootWith,
  without
} from './attack.ts'

const UNKNOWN_LOG = newForgeLog()
const IMPOSTOR = { ...newForgeLog(), id: FORGE.log.id }
const ELSEWHERE = { ...FORGE.log, host: 'elsewhere.example' }

function recorded(bundle: BundleJson, change: (text: string) => string): void {
  const entry = entryIn(bundle)
  const text = Buffer.from(entry.canonicalizedBody, 'base64').toString()
  entry.canonicalizedBody = Buffer.from(change(text)).toString('base64')
}

function specWith(change: Readonly<Record<string, unknown>>): (entry: LogEntry) => LogEntry {
  return (entry) => ({ ...entry, spec: { ...entry.spec, ...change } })
}

const v2 = { rekor: 2 } as const
const ended = { start: '2021-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z' }
const endedLogs = FORGE.trustedRoot.tlogs.map((log) => ({
  ...log,
  publicKey: { ...log.publicKey, validFor: ended }
}))
const HASH = { algorithm: 'sha256', value: '0'.repeat(64) }

/** What the log keeps. */
export const ENTRY: AttackGroup = {
  title: 'Log entry',
  attacks: [
    attack('there is none', 'expected 1 tlog entries, got 0', {
      making: { rekor: 'none', stamps: [AT] }
    }),
    attack(
      'one bit of it is turned',
      'a log entry is not as its log promised it: its content, place or time is another',
      {
        change: (bundle) => {
          recorded(bundle, (text) => text.replace('"dsse"', '"dssf"'))
        }
      }
    ),
    attack(
      'one bit of it is turned, in a log of the second kind',
      'calculated root hash does not match inclusion proof',
      {
        making: v2,
        change: (bundle) => {
          recorded(bundle, (text) => text.replace('"hashedrekord"', '"hashedrekore"'))
        }
      }
    ),
    attack(
      'it is named as one of another kind',
      'kind/version mismatch - expected: hashedrekord/0.0.1, received: dsse/0.0.1',
      { change: (bundle) => void (entryIn(bundle).kindVersion.kind = 'hashedrekord') }
    ),
    attack(
      'it is named as one of another version',
      'kind/version mismatch - expected: dsse/0.0.2, received: dsse/0.0.1',
      { change: (bundle) => void (entryIn(bundle).kindVersion.version = '0.0.2') }
    ),
    attack('it is truly of a kind that signs nothing', 'unsupported kind: helm', {
      making: { entry: (entry) => ({ ...entry, kind: 'helm' }) }
    }),
    attack('it is truly no JSON', 'invalid canonicalized body', {
      making: { stamps: [AT] },
      change: (bundle) => {
        const entry = logEntry(FORGE.log, { kind: 'dsse', apiVersion: '0.0.1', spec: {} }, AT)
        without(entry, 'inclusionPromise')
        bundle.verificationMaterial.tlogEntries = [{ ...entry, ...entryOfText('no JSON') }]
      }
    }),
    attack('it is truly of another payload', 'DSSE payload hash mismatch', {
      making: { entry: specWith({ payloadHash: HASH }) }
    }),
    attack('it is truly of another signature', 'tlog entry signature mismatch', {
      change: (bundle) => {
        bundle.verificationMaterial.tlogEntries = made().verificationMaterial.tlogEntries
      }
    }),
    attack('it is of another signature, in a log of the second kind', 'signature mismatch', {
      making: v2,
      change: (bundle) => {
        bundle.verificationMaterial.tlogEntries = made(v2).verificationMaterial.tlogEntries
      }
    }),
    attack('it is truly of two signatures', 'signature count mismatch', {
      making: {
        entry: (entry) => {
          const [one] = entry.spec['signatures'] as object[]
          return { ...entry, spec: { ...entry.spec, signatures: [one, one] } }
        }
      }
    }),
    attack(
      "it names another certificate than the bundle's",
      "a log entry is of another certificate than the bundle's",
      {
        making: {
          entry: (entry) => {
            const [one] = entry.spec['signatures'] as object[]
            const { rawBytes } = made().verificationMaterial.certificate
            const pem = `-----BEGIN CERTIFICATE-----\n${rawBytes}\n-----END CERTIFICATE-----\n`
            const verifier = Buffer.from(pem).toString('base64')
            return { ...entry, spec: { ...entry.spec, signatures: [{ ...one, verifier }] } }
          }
        }
      }
    ),
    attack(
      "it names another public key than the bundle's",
      "a log entry is of another public key than the bundle's",
      {
        making: {
          key: KEY,
          entry: (entry) => {
            const [one] = entry.spec['signatures'] as object[]
            const pem = OTHER.log.publicKey.export({ format: 'pem', type: 'spki' }).toString()
            const verifier = Buffer.from(pem).toString('base64')
            return { ...entry, spec: { ...entry.spec, signatures: [{ ...one, verifier }] } }
          }
        }
      }
    ),
    attack('it names nobody', 'a log entry does not say with what it was signed', {
      making: {
        entry: (entry) => {
          const [one] = entry.spec['signatures'] as object[]
          return { ...entry, spec: { ...entry.spec, signatures: [{ ...one, verifier: '' }] } }
        }
      }
    }),
    attack('it is there twice', 'duplicate timestamp', {
      change: ({ verificationMaterial: { tlogEntries } }) => {
        tlogEntries.push(...tlogEntries)
      }
    }),
    attack('it is there twice, in a log of the second kind', 'duplicate tlog entry', {
      making: v2,
      change: ({ verificationMaterial: { tlogEntries } }) => {
        tlogEntries.push(...tlogEntries)
      }
    }),
    attack('it is there nine times', 'it has more than 8 log entries, timestamps or certificates', {
      change: (bundle) => {
        const entry = entryIn(bundle)
        bundle.verificationMaterial.tlogEntries = Array.from({ length: 9 }, () => entry)
      }
    }),
    attack(
      'it is of a log that nobody knows',
      'a log entry is of a log that the trusted root does not have: <id>',
      { making: { log: UNKNOWN_LOG } }
    ),
    attack(
      'it is of a log that nobody knows, of the second kind',
      'a log entry is of a log that the trusted root does not have: <id>',
      {
        making: { ...v2, log: UNKNOWN_LOG }
      }
    ),
    attack(
      'somebody with another key signed in the name of the log',
      'a log entry is not as its log promised it: its content, place or time is another',
      {
        making: { log: IMPOSTOR }
      }
    ),
    attack(
      'somebody with another key signed in the name of the log of the second kind',
      'the checkpoint of a log entry is not signed by its log',
      {
        making: { ...v2, log: IMPOSTOR }
      }
    ),
    attack(
      'its log did not count any more',
      'a log entry is from 2026-01-01T00:00:00Z, when its log did not count',
      { trust: rootWith({ tlogs: endedLogs }) }
    ),
    attack(
      'its log of the second kind did not count any more',
      'a log entry is of a log that did not count at the time of signing',
      {
        making: v2,
        trust: rootWith({ tlogs: endedLogs })
      }
    ),
    attack(
      'a true one stands beside one of a log that nobody knows',
      'a log entry is of a log that the trusted root does not have: <id>',
      {
        change: ({ verificationMaterial: { tlogEntries } }) => {
          const other = made({ log: UNKNOWN_LOG, integratedAt: minutes(1) })
          tlogEntries.push(entryIn(other))
        }
      }
    )
  ]
}

function entryOfText(text: string): Partial<EntryJson> {
  const tree = newMerkleLog()
  const body = Buffer.from(text)
  tree.append(body)
  return {
    logIndex: '0',
    integratedTime: '0',
    canonicalizedBody: body.toString('base64'),
    inclusionProof: {
      logIndex: '0',
      rootHash: tree.root(1).toString('base64'),
      treeSize: '1',
      hashes: [],
      checkpoint: { envelope: checkpointOf(FORGE.log, 1, tree.root(1)) }
    }
  }
}

const envelopeIn = (bundle: BundleJson): string =>
  entryIn(bundle).inclusionProof.checkpoint.envelope
function reworded(change: (envelope: string) => string): (bundle: BundleJson) => void {
  return (bundle) => {
    entryIn(bundle).inclusionProof.checkpoint.envelope = change(envelopeIn(bundle))
  }
}
const emptyRoot = newMerkleLog().root(0)

/** That the entry is in the log. */
export const PROOF: AttackGroup = {
  title: 'Inclusion: promise, proof and checkpoint',
  attacks: [
    attack(
      'one bit of the promise is turned',
      'a log entry is not as its log promised it: its content, place or time is another',
      {
        change: (bundle) => {
          const { inclusionPromise } = entryIn(bundle)
          inclusionPromise.signedEntryTimestamp = flipped(inclusionPromise.signedEntryTimestamp)
        }
      }
    ),
    attack('the promise is taken away', 'expected 1 timestamps, got 0', {
      change: (bundle) => {
        without(entryIn(bundle), 'inclusionPromise')
      }
    }),
    attack(
      'the promise is for another time',
      'a log entry is not as its log promised it: its content, place or time is another',
      {
        change: (bundle) =>
          void (entryIn(bundle).integratedTime = String(minutes(1).getTime() / 1000))
      }
    ),
    attack(
      'the promise is for another place in the log',
      'a log entry is not as its log promised it: its content, place or time is another',
      {
        change: (bundle) => void (entryIn(bundle).logIndex = '3')
      }
    ),
    attack(
      'the entry of a log of the second kind is said to be elsewhere',
      'a log entry states that it is number 3, and its proof is for number 2',
      {
        making: v2,
        change: (bundle) => void (entryIn(bundle).logIndex = '3')
      }
    ),
    attack(
      'the proof is taken away',
      'invalid bundle: verificationMaterial.tlogEntries[0].inclusionProof',
      {
        change: (bundle) => {
          without(entryIn(bundle), 'inclusionProof')
        }
      }
    ),
    attack(
      'the proof is for another place',
      'calculated root hash does not match inclusion proof',
      { change: (bundle) => void (entryIn(bundle).inclusionProof.logIndex = '3') }
    ),
    attack('the proof is for a place beyond the tree', 'invalid index: 5', {
      change: (bundle) => void (entryIn(bundle).inclusionProof.logIndex = '5')
    }),
    attack('the proof is for a place that is no number', 'invalid inclusion proof log index', {
      change: (bundle) => void (entryIn(bundle).inclusionProof.logIndex = 'two')
    }),
    attack(
      'the proof states another root',
      'a log entry states another root of its log than its checkpoint',
      {
        change: (bundle) => {
          const { inclusionProof } = entryIn(bundle)
          inclusionProof.rootHash = flipped(inclusionProof.rootHash)
        }
      }
    ),
    attack(
      'the proof states another size',
      'a log entry states a log of 6 entries, and its checkpoint one of 5',
      {
        change: (bundle) => void (entryIn(bundle).inclusionProof.treeSize = '6')
      }
    ),
    attack(
      'one bit of a hash of the proof is turned',
      'calculated root hash does not match inclusion proof',
      {
        change: (bundle) => {
          const { hashes } = entryIn(bundle).inclusionProof
          hashes[0] = flipped(hashes[0] ?? '')
        }
      }
    ),
    attack('a hash of the proof is missing', 'invalid hash count', {
      change: (bundle) => void entryIn(bundle).inclusionProof.hashes.pop()
    }),
    attack('the proof has a hash too many', 'invalid hash count', {
      change: (bundle) => {
        const { hashes } = entryIn(bundle).inclusionProof
        hashes.push(...hashes.slice(0, 1))
      }
    }),
    attack(
      'the checkpoint is taken away',
      'invalid bundle: verificationMaterial.tlogEntries[0].inclusionProof.checkpoint',
      {
        change: (bundle) => {
          without(entryIn(bundle).inclusionProof, 'checkpoint')
        }
      }
    ),
    attack(
      'one bit of the signature of the checkpoint is turned',
      'the checkpoint of a log entry is not signed by its log',
      {
        change: reworded((envelope) =>
          envelope.replace(/(log\.example )(\S+)\n$/, (_, start: string, signature: string) => {
            return `${start}${flipped(signature)}\n`
          })
        )
      }
    ),
    attack(
      'the checkpoint is of another origin',
      'the checkpoint of a log entry is not signed by its log',
      {
        change: reworded((envelope) => envelope.replace('log.example - 1', 'log.example - 2'))
      }
    ),
    attack(
      'the checkpoint states another size',
      'the checkpoint of a log entry is not signed by its log',
      {
        change: reworded((envelope) => envelope.replace('\n5\n', '\n6\n'))
      }
    ),
    attack('the checkpoint is truly signed, of an older tree', 'invalid index: 2', {
      change: reworded(() => checkpointOf(FORGE.log, 2, emptyRoot))
    }),
    attack(
      'the checkpoint is truly signed, of another tree of that size',
      'calculated root hash does not match inclusion proof',
      { change: reworded(() => checkpointOf(FORGE.log, 5, emptyRoot)) }
    ),
    attack(
      'the checkpoint is of another log',
      'the checkpoint of a log entry is signed by another log',
      {
        change: reworded((envelope) => {
          const root = Buffer.from(envelope.split('\n')[2] ?? '', 'base64')
          return checkpointOf(UNKNOWN_LOG, 5, root)
        })
      }
    ),
    attack(
      'the checkpoint is signed in the name of another host',
      'the checkpoint of a log entry is signed in the name of "elsewhere.example", expected its log',
      {
        making: { log: ELSEWHERE }
      }
    ),
    attack('the checkpoint has no signature', 'no signatures found in checkpoint', {
      change: reworded((envelope) => `${envelope.split('\n\n')[0] ?? ''}\n\n`)
    }),
    attack('the checkpoint is one piece', 'missing checkpoint separator', {
      change: reworded((envelope) => envelope.replace('\n\n', '\n'))
    }),
    attack('the checkpoint has no root', 'too few lines in checkpoint header', {
      change: reworded((envelope) => envelope.replace(/\n5\n.*\n\n/, '\n5\n\n'))
    }),
    attack('the size in the checkpoint is no number', 'invalid checkpoint log size', {
      change: reworded((envelope) => envelope.replace('\n5\n', '\nfive\n'))
    }),
    attack('the signature of the checkpoint is too short', 'malformed checkpoint signature', {
      change: reworded((envelope) => envelope.replace(/(log\.example )\S+\n$/, '$1AAAA\n'))
    })
  ]
}
