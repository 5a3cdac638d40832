/** An event id that contains the number of the event, so that sent events can be ticked off without keeping them. */
export function eventIdOf(seed: number, number: number): string {
  const [prefix, suffix] = [(seed >>> 0).toString(16).padStart(8, '0'), number.toString(16).padStart(12, '0')]
  return `${prefix}-0000-7000-8000-${suffix}`
}

export const numberOfEvent = (eventId: string): number => Number.parseInt(eventId.slice(-12), 16)

const poisonPrefix = 'poison-'

/** Records that are no event can carry a number in their key only. */
export const poisonKeyOf = (number: number): string => `${poisonPrefix}${number}`

/** Undefined for a key that is not a poison record's. */
export function numberOfPoison(key: string): number | undefined {
  return key.startsWith(poisonPrefix) ? Number(key.slice(poisonPrefix.length)) : undefined
}
