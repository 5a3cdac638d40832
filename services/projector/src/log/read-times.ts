/** When a range of records was read; epoch milliseconds. */
export type ReadTime = {
  readonly topic: string
  readonly partition: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly readAt: number
}

/** Remembers when records were read whose own times cannot be right. */
export interface ReadTimes {
  /** Those that share an offset with the range. */
  overlapping(range: Omit<ReadTime, 'readAt'>): Promise<readonly ReadTime[]>
  /** Resolves when it is durable. */
  add(time: ReadTime): Promise<void>
}
