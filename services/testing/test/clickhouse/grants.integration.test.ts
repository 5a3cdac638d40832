import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { migrationScript, partitionStatesSql } from '@headwater/clickhouse'
import { afterAll, beforeAll, expect, it } from 'vitest'

// The grants of docs/deploying.md, held by the engine itself, for what each program does with the tables.

const page = readFileSync(fileURLToPath(new URL('../../../../docs/deploying.md', import.meta.url)), 'utf8')

const grantsOf = (user: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^(GRANT [^;]+) TO ${user};`, 'gm'))].map(([, grant = '']) => grant)

let folder: string
let data: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-grants-'))
  data = join(folder, 'data')
  const statements = await script('headwater')
  expect(await runAs('headwater_migrator', statements)).toEqual(statements.map(() => null))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const script = async (database: string): Promise<readonly string[]> =>
  (await migrationScript(database)).split(/;\n/).filter((statement) => statement.trim() !== '')

/** The errors of the statements, null for those that succeeded. */
async function runAs(user: string, statements: readonly string[]): Promise<readonly (string | null)[]> {
  const grants = grantsOf(user)
  expect(grants, `grants of ${user} in docs/deploying.md`).not.toEqual([])
  const config = join(folder, `${user}.xml`)
  await writeFile(join(folder, `${user}-users.xml`), usersOf(grants))
  await writeFile(
    config,
    `<clickhouse><users_config>${folder}/${user}-users.xml</users_config>
      <access_control_improvements><table_engines_require_grant>true</table_engines_require_grant></access_control_improvements>
    </clickhouse>`,
  )
  const program = fileURLToPath(new URL('programs/run-statements.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, data, config], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(statements))
  return (await json(child.stdout)) as (string | null)[]
}

const usersOf = (grants: readonly string[]) => `<clickhouse>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><default>
    <password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
    <grants>${grants.map((grant) => `<query>${grant}</query>`).join('')}</grants>
  </default></users>
</clickhouse>`

const reads = [
  "SELECT name FROM system.tables WHERE database = 'headwater'",
  "SELECT name FROM system.columns WHERE database = 'headwater' AND name = 'generation'",
  'SELECT * FROM headwater.run_facts FINAL LIMIT 1',
  'SELECT number, checksum FROM headwater.schema_migrations FINAL',
  partitionStatesSql
    .replace('FROM folded_offsets', 'FROM headwater.folded_offsets')
    .replace('FROM heartbeats', 'FROM headwater.heartbeats'),
]
const insert =
  "INSERT INTO headwater.horizons (horizon, known_until) VALUES ('2026-01-01 00:00:00', '2026-01-01 00:00:00')"
const expiry = 'ALTER TABLE headwater.run_facts DELETE WHERE 0 SETTINGS mutations_sync = 2'
const create = 'CREATE TABLE headwater.other (a UInt8) ENGINE = MergeTree ORDER BY a'

const denied = expect.stringContaining('ACCESS_DENIED')
const allowed = (statements: readonly unknown[]) => statements.map(() => null)

it('lets the API read, and no more', async () => {
  expect(await runAs('headwater_api', [...reads, insert, expiry, create])).toEqual([
    ...allowed(reads),
    denied,
    denied,
    denied,
  ])
})

it.each(['headwater_projector', 'headwater_expiry'])('lets %s write and expire, and change no table', async (user) => {
  const statements = [...reads, insert, expiry]
  expect(await runAs(user, [...statements, create])).toEqual([...allowed(statements), denied])
})

it('lets a replay build, compare, swap and drop', async () => {
  const statements = [
    ...(await script('headwater_replay')),
    ...['headwater', 'headwater_replay'].map((database) => `SELECT count() FROM ${database}.run_facts FINAL`),
    'EXCHANGE TABLES headwater.run_facts AND headwater_replay.run_facts',
    "INSERT INTO headwater.replays (generation, owner, state) SELECT 1, 'a', 'building'",
    'DROP DATABASE headwater_replay',
  ]
  expect(await runAs('headwater_replay', statements)).toEqual(allowed(statements))
})
