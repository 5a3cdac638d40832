declare module 'kafkajs/src/network/requestQueue/index.js' {
  const RequestQueue: { prototype: { scheduleCheckPendingRequests(this: unknown): void } }
  export default RequestQueue
}

declare module 'kafkajs/src/protocol/decoder.js' {
  /** Reads from its beginning on; sizes of arrays are four bytes. */
  export default class Decoder {
    constructor(bytes: Buffer | null)
    readInt16(): number
    readInt32(): number
    readInt64(): { toString(): string }
    readString(): string
    readBytes(length: number): Buffer | null
    readVarIntBytes(): Buffer | null
    readArray<T>(read: () => T): T[]
    readArrayAsync<T>(read: () => Promise<T>): Promise<T[]>
  }
}

declare module 'kafkajs/src/protocol/recordBatch/record/v0/decoder.js' {
  import type Decoder from 'kafkajs/src/protocol/decoder.js'
  export default function decodeRecord(decoder: Decoder, batchContext: object): object
}

declare module 'kafkajs/src/protocol/timestampTypes.js' {
  const timestampTypes: { readonly CREATE_TIME: number; readonly LOG_APPEND_TIME: number }
  export default timestampTypes
}

declare module 'kafkajs/src/consumer/batch.js' {
  type Fetched = { readonly rawMessages: readonly unknown[]; isEmpty(): boolean }
  const Batch: { prototype: { isEmpty(this: Fetched): boolean } }
  export default Batch
}
