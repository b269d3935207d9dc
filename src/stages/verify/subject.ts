import { type ImageReference, parseImageReference } from '../../formats/oci/reference.ts'
import type { Host } from '../../host/host.ts'
import { type Digest, digestFromHex } from '../../model/digest.ts'
import { InputError } from '../../model/errors.ts'
import { plainText } from '../../model/plain-text.ts'
import { SHORT_IMAGE_NAMES } from '../../services/registry-defaults.ts'
import { isFile, type Place, placeOf } from './place.ts'

/** What is to be verified. */
export type WantedSubject =
  | { readonly kind: 'image'; readonly given: string; readonly reference: ImageReference }
  | { readonly kind: 'file'; readonly given: string; readonly place: Place }
  | { readonly kind: 'bundle'; readonly given: string; readonly place: Place }
  | { readonly kind: 'digest'; readonly given: string; readonly digest: Digest }

/** How files with bundles are called. */
const BUNDLE = /\.(?:sigstore(?:\.jsonl?)?|jsonl|slsa)$/i

/**
 * Tells what a text names: a digest, a file that is there, else an image.
 *
 * @throws InputError `INPUT_INVALID` for what is none of them
 */
export function subjectOf(host: Host, given: string): WantedSubject {
  const digest = /^sha(?:256|384|512):/.test(given) ? digestOf(given) : undefined
  if (digest !== undefined) return { kind: 'digest', given, digest }
  const place = placeOf(host, given)
  if (isFile(host, place)) return { kind: BUNDLE.test(given) ? 'bundle' : 'file', given, place }
  if (isPath(given)) throw unknown(given, 'there is no such file')
  const reference = parseImageReference(given, SHORT_IMAGE_NAMES)
  if (typeof reference === 'string')
    throw unknown(given, `it is no file, and no image: ${reference}`)
  if (isExplicit(given)) return { kind: 'image', given, reference }
  const whole = `${reference.registry}/${reference.repository}`
  throw unknown(given, 'there is no such file', `For an image, write "${whole}:latest"`)
}

/** `./app`, `../app`, `/tmp/app`, `C:\app`: nobody names an image so. */
function isPath(given: string): boolean {
  return /^(?:\.{0,2}[/\\]|~|[A-Za-z]:[/\\])/.test(given)
}

/** Says a registry, a tag or a digest: the name of a file that is missing must not be sent to a registry. */
function isExplicit(given: string): boolean {
  return /[@:]/.test(given) || /^[^/]+\.[^/]+\/.+\/?/.test(given) || given.startsWith('localhost/')
}

function digestOf(given: string): Digest {
  const [algorithm = '', hex = ''] = given.split(':')
  const digest = digestFromHex(algorithm, hex)
  if (digest !== undefined) return digest
  throw unknown(given, `what follows "${algorithm}:" is no such digest in hexadecimal digits`)
}

function unknown(given: string, why: string, remedy?: string): InputError {
  return new InputError({
    code: 'INPUT_INVALID',
    message: `Cannot verify "${plainText(given)}": ${why}`,
    remedy:
      remedy ??
      'Name a file, a bundle, an image such as `ghcr.io/o/app:1.0`, or a digest such as `sha256:…`'
  })
}
