type Sized = { readonly value: Buffer }

// A broker takes a megabyte of records at once unless told otherwise; what a record has beside its value is small, but counts.
const mostBytes = 768 << 10
const bytesBeside = 512

/** Messages in parts that a broker takes at once; a large one is alone. */
export function messageChunks<M extends Sized>(messages: readonly M[]): readonly (readonly M[])[] {
  const chunks: M[][] = []
  let bytes = 0
  for (const message of messages) {
    const size = message.value.length + bytesBeside
    const chunk = chunks.at(-1)
    if (chunk === undefined || bytes + size > mostBytes) {
      chunks.push([message])
      bytes = size
    } else {
      chunk.push(message)
      bytes += size
    }
  }
  return chunks
}
