/** Metadata of version 10, the first that names topics by id, which kafkajs does not have. https://kafka.apache.org/protocol#The_Messages_Metadata */
export const metadataVersion = 10
export const metadataApiKey = 3

const unknownTopic = 3
const noId = Buffer.alloc(16)

/** A topic as a broker knows it. */
export type KnownTopic =
  | { readonly exists: false }
  /** `id` as Kafka's tools print it; undefined where the broker has no ids. */
  | { readonly exists: true; readonly id: string | undefined }

/** The body of a request for one topic, after the tags that end a flexible header. Never creates the topic. */
export function encodeMetadataRequest(topic: string): Buffer {
  const name = Buffer.from(topic)
  return Buffer.concat([
    Buffer.of(0), // no tags in the header
    Buffer.of(2), // one topic
    noId,
    varint(name.length + 1),
    name,
    Buffer.of(0, 0, 0, 0, 0), // no tags, create no topic, no operations of cluster or topic, no tags
  ])
}

/** @throws Error with the code of the broker, where it knows the topic and says nothing of it */
export function decodeMetadataResponse(payload: Buffer): KnownTopic {
  const reader = new Reader(payload)
  reader.tags() // of the header
  reader.skip(4) // throttle time
  for (let brokers = reader.varint() - 1; brokers > 0; brokers--) {
    reader.skip(4)
    reader.text()
    reader.skip(4)
    reader.text()
    reader.tags()
  }
  reader.text() // cluster
  reader.skip(4) // controller
  if (reader.varint() - 1 < 1) return { exists: false }
  const code = reader.int16()
  if (code === unknownTopic) return { exists: false }
  reader.text()
  const id = reader.bytes(16)
  if (id.equals(noId)) {
    if (code !== 0) throw new Error(`Kafka answered error ${code} for the metadata of the topic`)
    return { exists: true, id: undefined }
  }
  return { exists: true, id: id.toString('base64url') }
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let left = value
  for (; left >= 0x80; left >>>= 7) bytes.push((left & 0x7f) | 0x80)
  return Buffer.from([...bytes, left])
}

class Reader {
  readonly #buffer: Buffer
  #at = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  skip(count: number): void {
    this.#at += count
  }

  int16(): number {
    this.#at += 2
    return this.#buffer.readInt16BE(this.#at - 2)
  }

  varint(): number {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.#buffer.readUInt8(this.#at++)
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }

  bytes(count: number): Buffer {
    this.#at += count
    return this.#buffer.subarray(this.#at - count, this.#at)
  }

  /** A compact text or null. */
  text(): void {
    this.skip(Math.max(0, this.varint() - 1))
  }

  tags(): void {
    for (let left = this.varint(); left > 0; left--) {
      this.varint()
      this.skip(this.varint())
    }
  }
}
