import { formatPosition, type Position } from '@headwater/kafka'

/** The last of the positions in each partition, as `waitFor` of the read API takes them. */
export function positionHeader(positions: readonly Position[]): string {
  if (positions.length === 1) return formatPosition(positions[0] as Position)
  const last = new Map<string, Position>()
  for (const position of positions) {
    const place = `${position.topic}:${position.partition}`
    if ((last.get(place)?.offset ?? -1) < position.offset) last.set(place, position)
  }
  return [...last.values()].map(formatPosition).join(',')
}
