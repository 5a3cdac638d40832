import { headwaterEventsOf, readOpenLineageEvent } from '@headwater/openlineage'
import type { HeadwaterEvent } from '@headwater/schemas'
import { airflow } from './airflow.ts'
import { dagster } from './dagster.ts'
import { dbt } from './dbt.ts'
import type { OpenLineageJson, Tool } from './open-lineage-json.ts'
import { pythonClient } from './python-client.ts'
import { spark } from './spark.ts'

/** How many of 20 OpenLineage events each tool sends. */
const mix: readonly (readonly [tool: Tool, of20: number])[] = [
  [airflow, 7],
  [dbt, 6],
  [spark, 3],
  [dagster, 2],
  [pythonClient, 2],
]
const turns = mix.flatMap(([tool, of20]) => Array.from({ length: of20 }, (_, index) => ({ tool, of20, index })))
/** Evenly, so that no tool's events come in a row: 7 and 20 have no common divisor. */
const order = turns.map((_, index) => turns[(index * 7) % turns.length])

/**
 * The OpenLineage event of this number, as Airflow, dbt, Spark, Dagster or a script with the Python client sends it: some 4,700 jobs that
 * run again and again, start and end, with the facets of each tool. The same for the same number and time.
 */
function openLineageEventAt(number: number, at: number): { readonly tool: string; readonly event: OpenLineageJson } {
  const turn = order[number % order.length]
  if (turn === undefined) throw new RangeError(`No event has the number ${number}`)
  const { tool, of20, index } = turn
  return { tool: tool.name, event: tool.eventAt(Math.floor(number / order.length) * of20 + index, at) }
}

/** The same event as the gateway writes it to the log. @throws Error when the gateway would refuse it */
export function realShapedEvents(
  number: number,
  at: number,
): { readonly tool: string; readonly events: readonly HeadwaterEvent[] } {
  const { tool, event } = openLineageEventAt(number, at)
  const read = readOpenLineageEvent(event)
  if ('problems' in read) throw new Error(read.problems.map(({ detail }) => detail).join('; '))
  return { tool, events: headwaterEventsOf(read.event) }
}
