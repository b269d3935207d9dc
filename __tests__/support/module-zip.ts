import { deflateRawSync } from 'node:zlib'

/** One entry to be written; what is not given is made as a sound writer makes it. */
export interface ZipInput {
  readonly name: string | Buffer
  readonly data?: string | Uint8Array
  /** 8 unless told; any other number is written as it stands, over stored data. */
  readonly method?: number
  /** Written instead of the truth, in the directory. */
  readonly size?: number
  readonly packedSize?: number
  readonly offset?: number
  /** Bytes in the archive instead of the packed data. */
  readonly packed?: Uint8Array
  readonly flags?: number
}

export interface ZipOptions {
  /** Writes every size and offset into zip64 records. */
  readonly zip64?: boolean
  readonly comment?: string
  readonly count?: number
}

/** Writes a zip archive as Go's own writer does, with data descriptors, or one that is wrong on purpose. */
export function zipOf(inputs: readonly ZipInput[], options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const input of inputs) {
    const name = Buffer.from(input.name)
    const plain = Buffer.from(input.data ?? '')
    const method = input.method ?? 8
    const packed = Buffer.from(input.packed ?? (method === 8 ? deflateRawSync(plain) : plain))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(0x8, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt16LE(name.length, 26)
    const descriptor = Buffer.alloc(16)
    descriptor.writeUInt32LE(0x08074b50, 0)
    const offset = input.offset ?? at
    const sizes = [input.size ?? plain.length, input.packedSize ?? packed.length, offset] as const
    directory.push(directoryEntry({ ...input, name, method }, sizes, options))
    parts.push(local, name, packed, descriptor)
    at += local.length + name.length + packed.length + descriptor.length
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const count = options.count ?? inputs.length
  return Buffer.concat([...parts, ...directory, ending({ count, size, start: at }, options)])
}

function directoryEntry(
  { name, method, flags = 0x8 }: { name: Buffer; method: number; flags?: number },
  sizes: readonly [number, number, number],
  { zip64 = false }: ZipOptions
): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(flags, 8)
  header.writeUInt16LE(method, 10)
  header.writeUInt16LE(name.length, 28)
  for (const [index, field] of [24, 20, 42].entries()) {
    header.writeUInt32LE(zip64 ? 0xffffffff : (sizes[index] ?? 0), field)
  }
  if (!zip64) return Buffer.concat([header, name])
  // An unknown field first: readers have to look for the right one.
  const extra = Buffer.alloc(6 + 4 + 24)
  extra.writeUInt16LE(0x7777, 0)
  extra.writeUInt16LE(2, 2)
  extra.writeUInt16LE(1, 6)
  extra.writeUInt16LE(24, 8)
  for (const [index, value] of sizes.entries())
    extra.writeBigUInt64LE(BigInt(value), 10 + index * 8)
  header.writeUInt16LE(extra.length, 30)
  return Buffer.concat([header, name, extra])
}

function ending(
  { count, size, start }: { count: number; size: number; start: number },
  { zip64 = false, comment = '' }: ZipOptions
): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(zip64 ? 0xffff : count, 8)
  end.writeUInt16LE(zip64 ? 0xffff : count, 10)
  end.writeUInt32LE(zip64 ? 0xffffffff : size, 12)
  end.writeUInt32LE(zip64 ? 0xffffffff : start, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  if (!zip64) return Buffer.concat([end, Buffer.from(comment)])
  const end64 = Buffer.alloc(56)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(BigInt(count), 32)
  end64.writeBigUInt64LE(BigInt(size), 40)
  end64.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(start + size), 8)
  return Buffer.concat([end64, locator, end, Buffer.from(comment)])
}
