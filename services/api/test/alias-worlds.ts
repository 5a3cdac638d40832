import { createClient } from '@clickhouse/client'
import {
  createTestDatabase,
  logOf,
  projectBatches,
  type RecordedEvent,
  randomAliases,
  randomWorld,
  referenceAliases,
  testStack,
  withKeys,
} from '@headwater/testing'
import fc from 'fast-check'
import { createAsk } from '../src/ask.ts'
import type { AssetCatalog } from '../src/asset-catalog.ts'
import { createClickHouseAssetCatalog } from '../src/clickhouse-asset-catalog.ts'

// Many small worlds, in which things are said of aliases too, share the tables.

export const runs = Number(process.env['PROPERTY_RUNS'] ?? 4)
export const names = Array.from({ length: 150 }, (_, index) => `w${index}`)
export const keysOf = (name: string) => Array.from({ length: 5 }, (_, index) => `s3://${name}/a${index}`)
export const keys = names.flatMap(keysOf)

const aliasedWorld = (name: string) =>
  fc.tuple(randomWorld(name), randomAliases(name)).map(([events, aliases]) => [...events, ...aliases])
export const worlds = fc.tuple(...names.map((name) => aliasedWorld(name)))
/** Records with canonical keys. Worlds have no keys in common. */
export const canonicalized = (records: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const { canonical } = referenceAliases(records)
  return records.map((record) => ({ ...record, event: withKeys(record.event, canonical) }))
}

export async function inTables(
  records: readonly RecordedEvent[],
  ask: (catalog: AssetCatalog) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase()
  const client = createClient({ url: testStack().clickhouseUrl, database: database.database })
  try {
    const log = logOf(records, 3)
    const middle = Math.floor(log.length / 2)
    await projectBatches(database, [log.slice(0, middle), log.slice(middle)])
    await ask(createClickHouseAssetCatalog(createAsk(client), { aliasesMaxAgeMs: 60_000 }))
  } finally {
    await client.close()
    await database.drop()
  }
}

export async function holdsFor<T>(property: fc.IAsyncProperty<T>, numRuns: number): Promise<void> {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now())
  console.log(`fast-check seed ${seed}`)
  const { failed, errorInstance, counterexamplePath } = await fc.check(property, { seed, numRuns, endOnFailure: true })
  if (failed) throw new Error(`Seed ${seed}, path ${counterexamplePath}: ${(errorInstance as Error).message}`)
}
