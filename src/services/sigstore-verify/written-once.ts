/** A part of a certificate as the library holds it. */
interface Part {
  toDER(): Buffer
  readonly subs: readonly Part[]
}

/**
 * Has certificates keep what they are written as. The library compares them by writing them out, anew each time: half
 * of the time that a bundle takes. Nothing changes them; what it does change are copies, which are written anew.
 */
export function writtenOnce(certificates: readonly { readonly root: Part }[]): void {
  for (const { root } of certificates) {
    keep(root)
    const [body] = root.subs
    if (body) keep(body)
  }
}

function keep(part: Part): void {
  const write = part.toDER.bind(part)
  let written: Buffer | undefined
  part.toDER = () => (written ??= write())
}
