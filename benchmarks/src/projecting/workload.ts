import type { SchemaIds } from '@headwater/schemas'

/** A message of the log. */
export type LogMessage = {
  readonly key: string
  readonly value: Buffer
  /** True for an event about a run, which becomes a row of `run_facts`. */
  readonly isRun: boolean
}

/** What a topic is filled with. */
export type Workload = {
  readonly name: string
  /** Prepares messages for these schema ids. The message of a number is always the same, but for its time. */
  readonly prepare: (ids: SchemaIds) => (number: number) => LogMessage
}
