/** How fast a loop went over a topic. */
export type Measured = {
  readonly eventsPerSecond: number
  /** Processor time of its process for each event, user and system, all threads. */
  readonly cpuMicros: number
}
