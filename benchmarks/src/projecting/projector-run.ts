import { createClient } from '@clickhouse/client'
import type { StackAddresses } from '@headwater/local'
import { ProjectorProcess, uniqueName } from '@headwater/testing'
import type { FilledTopic } from './fill-topic.ts'
import type { Measured } from './measured.ts'
import { cpuSecondsOf } from './process-cpu.ts'
import { until } from './until.ts'

/**
 * Runs the built projector over the whole topic into a new database, from its first stored batch to its last, and checks that each run is
 * there once.
 */
export async function projectorRun(
  stack: StackAddresses,
  { topic, events, runs }: FilledTopic,
  batchRecords: number,
): Promise<Measured> {
  const database = uniqueName('bench')
  const names = { topic, deadLetters: `${topic}.dead`, database, groupId: database }
  const projector = new ProjectorProcess({ stack, ...names, batchRecords })
  const client = createClient({ url: stack.clickhouseUrl, request_timeout: 60_000, log: { level: 127 } })
  const count = async (query: string): Promise<number> => {
    const result = await client.query({ query, format: 'JSONEachRow' })
    return Number((await result.json<{ n: number }>())[0]?.n ?? 0)
  }
  const last = `SELECT max(last_offset) AS last FROM ${database}.folded_offsets WHERE is_folded = 1 GROUP BY partition`
  const folded = () => count(`SELECT sum(last) + count() AS n FROM (${last})`)
  projector.start()
  try {
    const first = await until(async () => {
      const stored = await folded().catch(() => 0)
      return stored > 0 ? { stored, at: performance.now(), cpu: cpuSecondsOf(projector.pid) } : undefined
    })
    const end = await until(async () =>
      (await folded()) >= events ? { at: performance.now(), cpu: cpuSecondsOf(projector.pid) } : undefined,
    )
    const stored = await count(`SELECT count() AS n FROM ${database}.run_facts FINAL`)
    if (stored !== runs) throw new Error(`${stored} rows of ${runs} runs`)
    const rest = events - first.stored
    return { eventsPerSecond: rest / ((end.at - first.at) / 1_000), cpuMicros: ((end.cpu - first.cpu) * 1e6) / rest }
  } finally {
    await projector.end('SIGTERM')
    await client.command({ query: `DROP DATABASE IF EXISTS ${database}` })
    await client.close()
  }
}
