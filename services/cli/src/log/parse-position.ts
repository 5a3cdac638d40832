import type { Position } from '@headwater/kafka'

/** The inverse of `formatPosition`; undefined when `text` is not a position. */
export function parsePosition(text: string): Position | undefined {
  const [, topic, partition, offset] = /^([\w.-]+):(\d{1,9}):(\d{1,15})$/.exec(text) ?? []
  return topic === undefined ? undefined : { topic, partition: Number(partition), offset: Number(offset) }
}
