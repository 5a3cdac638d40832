import { formatPosition, type Position } from '@headwater/kafka'
import { CliError } from '../cli-error.ts'

/** The inverse of `formatPosition`; undefined when `text` is not a position. */
export function parsePosition(text: string): Position | undefined {
  const [, topic, partition, offset] = /^([\w.-]+):(\d{1,9}):(\d{1,15})$/.exec(text) ?? []
  return topic === undefined ? undefined : { topic, partition: Number(partition), offset: Number(offset) }
}

/** Positions from arguments, which may each hold several separated by commas; repeats are removed. @throws CliError INVALID_INPUT */
export function parsePositions(texts: readonly string[]): readonly Position[] {
  const parts = texts.flatMap((text) => text.split(',')).map((part) => part.trim())
  const positions = parts.map((part) => {
    const position = parsePosition(part)
    if (position !== undefined) return position
    throw new CliError(
      'INVALID_INPUT',
      `Invalid position ${part}: expected topic:partition:offset, e.g. headwater.events:0:41`,
    )
  })
  return [...new Map(positions.map((position) => [formatPosition(position), position])).values()]
}
