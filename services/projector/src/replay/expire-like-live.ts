import type { ClickHouseClient } from '@clickhouse/client'
import { applyHorizons } from '@headwater/clickhouse'
import type { RebuiltDatabase } from './rebuilt-database.ts'

/**
 * What has expired in the live tables does so in the rebuilt ones.
 * @param open gives a client with this database as its own
 */
export async function expireLikeLive(
  open: (database: string) => ClickHouseClient,
  { live, name }: Pick<RebuiltDatabase, 'live' | 'name'>,
): Promise<void> {
  const [from, to] = [open(live), open(name)]
  try {
    await applyHorizons(from, to)
  } finally {
    await Promise.all([from.close(), to.close()])
  }
}
