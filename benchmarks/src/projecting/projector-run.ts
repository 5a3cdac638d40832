import { createClient } from '@clickhouse/client'
import type { StackAddresses } from '@headwater/local'
import { ProjectorProcess, uniqueName } from '@headwater/testing'
import { until } from './until.ts'

/**
 * Runs the built projector over the whole topic into a new database, and checks that each event is there once.
 * @returns events a second, from when the first batch was stored to the last
 */
export async function projectorRun(
  stack: StackAddresses,
  topic: string,
  count: number,
  batchRecords: number,
): Promise<number> {
  const database = uniqueName('bench')
  const names = { topic, deadLetters: `${topic}.dead`, database, groupId: database }
  const projector = new ProjectorProcess({ stack, ...names, batchRecords })
  const client = createClient({ url: stack.clickhouseUrl, request_timeout: 60_000, log: { level: 127 } })
  const ask = async (query: string): Promise<number> => {
    const result = await client.query({ query, format: 'JSONEachRow' })
    return Number((await result.json<{ n: number }>())[0]?.n ?? 0)
  }
  const last = `SELECT max(last_offset) AS last FROM ${database}.folded_offsets GROUP BY partition`
  const folded = () => ask(`SELECT sum(last) + count() AS n FROM (${last})`)
  projector.start()
  try {
    const first = await until(async () => {
      const events = await folded().catch(() => 0)
      return events > 0 ? { events, at: performance.now() } : undefined
    })
    const lastAt = await until(async () => ((await folded()) >= count ? performance.now() : undefined))
    const stored = await ask(`SELECT count() AS n FROM ${database}.run_facts FINAL`)
    if (stored !== count) throw new Error(`${stored} runs of ${count} events`)
    return (count - first.events) / ((lastAt - first.at) / 1_000)
  } finally {
    await projector.end('SIGTERM')
    await client.command({ query: `DROP DATABASE IF EXISTS ${database}` })
    await client.close()
  }
}
