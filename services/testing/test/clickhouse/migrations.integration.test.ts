import { createClient } from '@clickhouse/client'
import { migrate, migrationScript, readRows, runStatement } from '@headwater/clickhouse'
import { type ClickHouseProxy, startClickHouseProxy, testStack, uniqueName } from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

const changesTables = /\n\s*(?:CREATE|ALTER|DROP|EXCHANGE)\b/

let proxy: ClickHouseProxy
let client: ReturnType<typeof createClient>
const databases = [uniqueName('migrations'), uniqueName('migrations')] as const

beforeAll(async () => {
  proxy = await startClickHouseProxy(testStack().clickhouseUrl)
  client = createClient({ url: proxy.url, log: { level: 127 } })
})
afterAll(async () => {
  proxy.passOn()
  for (const database of databases) await runStatement(client, { query: `DROP DATABASE IF EXISTS \`${database}\`` })
  await client.close()
  await proxy.close()
})

const columnsOf = (database: string) =>
  readRows(client, {
    query: `SELECT table, name, type, default_expression FROM system.columns WHERE database = {database:String} ORDER BY table, name`,
    query_params: { database },
  })

it('prints a script that makes the same tables as migrating, and may run twice', async () => {
  const [byScript, byMigrating] = databases
  const statements = (await migrationScript(byScript)).split(/;\n/).filter((statement) => statement.trim() !== '')
  for (const query of [...statements, ...statements]) await runStatement(client, { query })
  expect(await migrate(client, byMigrating)).toContain(1)
  expect(await columnsOf(byScript)).toEqual(await columnsOf(byMigrating))
  expect(await migrate(client, byScript)).toEqual([])
})

it('needs no right to change tables where none is missing', async () => {
  proxy.answerWith(497, { matching: changesTables })
  expect(await migrate(client, databases[0])).toEqual([])
})

it('names what is missing, and the command, where the user may not apply it', async () => {
  proxy.answerWith(497, { matching: changesTables })
  await expect(migrate(client, 'not_migrated')).rejects.toMatchObject({
    code: 'MIGRATIONS_MISSING',
    message: expect.stringMatching(/not_migrated lacks migrations 1, 2, .*headwater migrate --print/),
  })
})
