import { createClient } from '@clickhouse/client'
import type { ClickHouseConnection } from '@headwater/config'
import { createProducer, type DeliveryReport, type ProducerStats, type Transport } from '@headwater/producer'
import { createLake } from './storage/lake.ts'
import { createWarehouse } from './storage/warehouse.ts'
import type { Story } from './story.ts'
import { dataPlatform } from './teams/data-platform.ts'
import { flightAnalytics } from './teams/flight-analytics.ts'
import { insights } from './teams/insights.ts'

export type PipelineOptions = {
  readonly transport: Transport
  readonly clickhouse: { readonly url: string } & Partial<ClickHouseConnection>
  /** Created when missing; its tables are replaced. */
  readonly database: string
  /** The directory for files. */
  readonly folder: string
  readonly story: Story
}

export type PipelineResult = {
  /** Key of the last asset. */
  readonly dashboard: string
  readonly delivery: DeliveryReport
  readonly stats: ProducerStats
}

/** Runs the three teams one after the other, and delivers their events. */
export async function runPipeline({ transport, database, ...options }: PipelineOptions): Promise<PipelineResult> {
  const client = createClient({ ...options.clickhouse, request_timeout: 60_000, application: 'headwater-demo' })
  const producer = createProducer({ namespace: 'demo', transport })
  const warehouse = createWarehouse(client, database)
  const workshop = { producer, warehouse, lake: createLake(options.folder), story: options.story }
  try {
    await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${database}` })
    const raw = await dataPlatform(workshop)()
    const made = await flightAnalytics(workshop)(raw)
    const { key } = await insights(workshop)({ ...raw, ...made })
    const delivery = await producer.close(15_000)
    return { dashboard: key, delivery, stats: producer.stats() }
  } finally {
    await producer.close()
    await client.close()
  }
}
