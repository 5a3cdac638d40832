import { CliError } from '../cli-error.ts'

/** A place in the log. */
export type Position = { readonly topic: string; readonly partition: number; readonly offset: number }

export const formatPosition = ({ topic, partition, offset }: Position): string => `${topic}:${partition}:${offset}`

/** The inverse of `formatPosition`; undefined when `text` names no position. */
export function positionIn(text: string): Position | undefined {
  const [, topic, partition, offset] = /^([\w.-]+):(\d{1,9}):(\d{1,15})$/.exec(text) ?? []
  return topic === undefined ? undefined : { topic, partition: Number(partition), offset: Number(offset) }
}

/** Positions as arguments name them, each or several with commas between, once each. @throws CliError INVALID_INPUT */
export function parsePositions(texts: readonly string[]): readonly Position[] {
  const parts = texts.flatMap((text) => text.split(',')).map((part) => part.trim())
  const positions = parts.map((part) => {
    const position = positionIn(part)
    if (position !== undefined) return position
    throw new CliError(
      'INVALID_INPUT',
      `${part} is no position; one is topic:partition:offset, e.g. headwater.events:0:41`,
    )
  })
  return [...new Map(positions.map((position) => [formatPosition(position), position])).values()]
}
