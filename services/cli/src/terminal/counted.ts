/** A number with its noun, as 1 edge, 2 edges, 1,234 edges. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
