import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { headwaterEventsOf, readOpenLineageEvent } from '@headwater/openlineage'
import { createProjection } from '@headwater/projector'
import { createDecoder, eventSchemas, eventTypes, type HeadwaterEvent } from '@headwater/schemas'
import { batchOf, realShapedEvents, schemaIds } from '@headwater/testing/events'
import { type RepeatableMessage, repeatable, repeated } from './projecting/repeatable-message.ts'

// Which share of events the projector recognises by their bytes when the same jobs run again: of recorded OpenLineage events, one or a list
// in each JSON file below a folder, or of those that the benchmarks make.

const { values } = parseArgs({ options: { folder: { type: 'string' } } })
type Sample = { readonly source: string; readonly message: RepeatableMessage }

const samples = values.folder === undefined ? generated(20_000) : recorded(values.folder)
const decoder = createDecoder()
for (const type of eventTypes) decoder.learn(schemaIds[type], eventSchemas[type])
const projection = createProjection({ write: async () => undefined }, decoder, async () => undefined)
await recognizedOf(samples, 0)
await recognizedOf(samples, 1) // the first of a day and asset adds a row

console.log(
  '| source | events about runs | recognised | bytes | other events | recognised | bytes |\n|---|---|---|---|---|---|---|',
)
const sources = [...new Set(samples.map(({ source }) => source))]
for (const source of [...sources, 'all']) {
  const of = samples.filter((sample) => source === 'all' || sample.source === source)
  const columns: string[] = []
  for (const isRun of [true, false]) {
    const some = of.filter(({ message }) => message.isRun === isRun)
    const bytes = some.reduce((sum, { message }) => sum + message.value.length, 0)
    const share = Math.round((100 * (await recognizedOf(some, 1))) / some.length)
    columns.push(some.length === 0 ? '0 | | ' : `${some.length} | ${share} % | ${Math.round(bytes / some.length)}`)
  }
  console.log(`| ${[source, ...columns].join(' | ')} |`)
}

/** How many are recognised in a pass. */
async function recognizedOf(some: readonly Sample[], pass: number): Promise<number> {
  const place = { topic: 'events', partition: 0, key: null, recordedAt: Date.now(), retry: undefined }
  const records = some.map(({ message }, offset) => ({
    ...place,
    offset,
    value: repeated(message, pass).value,
  }))
  return (await projection.fold(batchOf(records))).recognized
}

function generated(count: number): readonly Sample[] {
  const firstAt = Date.UTC(2026, 0, 15)
  return Array.from({ length: count }, (_, number) => {
    const { tool, events } = realShapedEvents(number, firstAt + number)
    return samplesOf(tool, events)
  }).flat()
}

function recorded(folder: string): readonly Sample[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return files.sort().flatMap((name) => {
    const content: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    return [content].flat().flatMap((event) => {
      const read = readOpenLineageEvent(withTime(event))
      return 'event' in read ? samplesOf(name.split('/').slice(0, 2).join('/'), headwaterEventsOf(read.event)) : []
    })
  })
}

/** Recordings of tests have templates in place of times. */
function withTime(event: unknown): unknown {
  const { eventTime } = Object(event) as { readonly eventTime?: unknown }
  return typeof eventTime === 'string' && eventTime.startsWith('{{')
    ? { ...(event as object), eventTime: '2026-01-15T12:00:00Z' }
    : event
}

function samplesOf(source: string, events: readonly HeadwaterEvent[]): readonly Sample[] {
  return events.map((event) => ({ source, message: repeatable(event, schemaIds) }))
}
