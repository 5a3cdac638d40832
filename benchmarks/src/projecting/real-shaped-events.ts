import type { SchemaIds } from '@headwater/schemas'
import { realShapedEvents } from '@headwater/testing/events'
import { dayMs, type RepeatableMessage, repeatable, repeated } from './repeatable-message.ts'
import type { LogMessage, Workload } from './workload.ts'

// Holds: the first pass over the pool is what the gateway writes, byte for byte; in each later pass runs are other ones and a day later.

/** How many OpenLineage events are mapped, which takes 0.1 to 0.3 ms each; some 2.5 times as many records. */
const openLineageEvents = 40_000

/** Events as Airflow, dbt, Spark, Dagster and scripts with the Python client send them, mapped as the gateway maps them. */
export const realShapedWorkload: Workload = { name: 'real-shaped', prepare }

function prepare(ids: SchemaIds): (number: number) => LogMessage {
  const pool = poolOf(ids)
  return (number) => {
    const message = pool[number % pool.length]
    if (message === undefined) throw new RangeError(`No message has the number ${number}`)
    return repeated(message, Math.floor(number / pool.length))
  }
}

function poolOf(ids: SchemaIds): readonly RepeatableMessage[] {
  const firstAt = Date.now() - (Date.now() % dayMs) - 30 * dayMs
  return Array.from({ length: openLineageEvents }, (_, number) => {
    const at = firstAt + Math.floor((number * dayMs) / openLineageEvents)
    return realShapedEvents(number, at).events.map((event) => repeatable(event, ids))
  }).flat()
}
