import { readFileSync, writeFileSync } from 'node:fs'
import { type Gate, startGate } from './gate.ts'
import type { RealSigstore } from './real-sigstore.ts'

/** Gates before the services that signers talk to. */
export interface CountedServices {
  readonly fulcio: Gate
  readonly rekor: Gate
  readonly rekorV1: Gate
  readonly tsa: Gate
}

/**
 * Puts gates before the services, and into the signing configurations in their stead.
 *
 * @param stops takes what ends each gate
 */
export async function countServices(
  sigstore: RealSigstore,
  stops: (() => void)[]
): Promise<CountedServices> {
  const origins: (readonly [string, string])[] = []
  const gateFor = async (name: string): Promise<Gate> => {
    const { origin } = new URL(sigstore.told(name))
    const gate = await startGate({ target: origin })
    stops.push(gate.stop)
    origins.push([origin, `http://${gate.name}`])
    return gate
  }
  const services = {
    fulcio: await gateFor('FULCIO_URL'),
    rekor: await gateFor('REKOR_URL'),
    rekorV1: await gateFor('REKOR_V1_URL'),
    tsa: await gateFor('TSA_URL')
  }
  for (const name of ['SIGNING_CONFIG', 'SIGNING_CONFIG_REKOR_V1']) {
    const path = sigstore.told(name)
    const text = readFileSync(path, 'utf8')
    const counted = origins.reduce((all, [from, to]) => all.replaceAll(`"${from}`, `"${to}`), text)
    writeFileSync(path, counted)
  }
  return services
}
