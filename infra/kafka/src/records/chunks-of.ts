export type ChunkLimits<Item> = {
  readonly sizeOf: (item: Item) => number
  readonly mostBytes: number
  /** Default: no limit. */
  readonly mostItems?: number
}

/** Splits items, in order, into chunks within the limits; an item larger than the limit gets a chunk of its own. */
export function chunksOf<Item>(
  items: readonly Item[],
  { sizeOf, mostBytes, mostItems = Number.POSITIVE_INFINITY }: ChunkLimits<Item>,
): readonly (readonly Item[])[] {
  const chunks: Item[][] = []
  let bytes = 0
  for (const item of items) {
    const size = sizeOf(item)
    const chunk = chunks.at(-1)
    if (chunk === undefined || chunk.length >= mostItems || bytes + size > mostBytes) {
      chunks.push([item])
      bytes = size
    } else {
      chunk.push(item)
      bytes += size
    }
  }
  return chunks
}
