import { formatPosition, type Position } from '@headwater/kafka'

/** The last position in each partition, in the format of the read API's `waitFor`. */
export function positionHeader(positions: readonly Position[]): string {
  if (positions.length === 1) return formatPosition(positions[0] as Position)
  const last = new Map<string, Position>()
  for (const position of positions) {
    const partition = `${position.topic}:${position.partition}`
    if ((last.get(partition)?.offset ?? -1) < position.offset) last.set(partition, position)
  }
  return [...last.values()].map(formatPosition).join(',')
}
