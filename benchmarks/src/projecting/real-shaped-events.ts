import { encodeEvent, headerLength, messageKey, type SchemaIds } from '@headwater/schemas'
import { realShapedEvents } from '@headwater/testing/events'
import type { LogMessage, Workload } from './workload.ts'

// Holds: the first pass over the pool is what the gateway writes, byte for byte. In each later pass every UUID (event, run, parent, what
// the tool calls by one) is another and the event occurred a day later; jobs, assets and all else repeat, as they do in a log.

/** How many OpenLineage events are mapped, which takes 0.1 to 0.3 ms each; some 2.5 times as many records. */
const openLineageEvents = 40_000
const dayMs = 86_400_000

/** Events as Airflow, dbt, Spark, Dagster and scripts with the Python client send them, mapped as the gateway maps them. */
export const realShapedWorkload: Workload = { name: 'real-shaped', prepare }

type Pooled = LogMessage & { readonly occurredAt: number; readonly uuidEnds: readonly number[] }

function prepare(ids: SchemaIds): (number: number) => LogMessage {
  const pool = poolOf(ids)
  return (number) => {
    const pooled = pool[number % pool.length]
    if (pooled === undefined) throw new RangeError(`No message has the number ${number}`)
    return passedAgain(pooled, Math.floor(number / pool.length))
  }
}

function poolOf(ids: SchemaIds): readonly Pooled[] {
  const firstAt = Date.now() - (Date.now() % dayMs) - 30 * dayMs
  return Array.from({ length: openLineageEvents }, (_, number) => {
    const at = firstAt + Math.floor((number * dayMs) / openLineageEvents)
    return realShapedEvents(number, at).events.map((event) => {
      const value = encodeEvent(event, ids)
      const isRun = event.type === 'MaterializationEvent'
      return { key: messageKey(event), value, isRun, occurredAt: event.event.occurredAt, uuidEnds: uuidEndsOf(value) }
    })
  }).flat()
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const uuidEndsOf = (value: Buffer): readonly number[] =>
  [...value.toString('latin1').matchAll(uuid)].map(({ index }) => index + 36)

const idLength = 36
/** After the event id and the byte that tells its length. */
const timeStart = headerLength + 1 + idLength

function passedAgain({ key, value, isRun, occurredAt, uuidEnds }: Pooled, pass: number): LogMessage {
  if (pass === 0) return { key, value, isRun }
  const suffix = pass.toString(16).padStart(4, '0')
  const again = Buffer.from(value)
  for (const end of uuidEnds) again.write(suffix, end - suffix.length, 'latin1')
  writeTime(again, occurredAt + pass * dayMs)
  return { key: isRun ? `${key.slice(0, -suffix.length)}${suffix}` : key, value: again, isRun }
}

/** A time of this century takes six bytes, zigzag encoded, whichever it is. */
function writeTime(bytes: Buffer, epochMs: number): void {
  let rest = epochMs * 2
  for (let at = 0; at < 6; at++) {
    bytes[timeStart + at] = at < 5 ? (rest % 0x80) | 0x80 : rest
    rest = Math.floor(rest / 0x80)
  }
}
