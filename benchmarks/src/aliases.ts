import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { AliasBuilder, type AliasRow } from '@headwater/lineage'

// What aliases cost the API: to build the index when it starts, to rebuild it after one more statement, and memory.

const { values } = parseArgs({ options: { rows: { type: 'string', default: '200000' } } })
const count = Number(values.rows)
const name = (table: number) => `shop_${table % 50}/schema_${table % 200}/table_number_${table}`

/** A row per table, each of keys of its own, as most are. */
const shapes: Readonly<Record<string, (table: number) => AliasRow>> = {
  'Snowflake in lower case': (table) => ({
    ...{ asset: `snowflake://org-acct/${name(table).toUpperCase()}`, alias: `snowflake://org-acct/${name(table)}` },
    ...{ source: 'case', aliasedAt: 1, unaliasedAt: 0 },
  }),
  'a table in a path': (table) => ({
    ...{ asset: `s3://lake/${name(table)}`, alias: `hive://metastore/${name(table)}` },
    ...{ source: 'table_symlink', aliasedAt: 1_764_000_000_000 + table, unaliasedAt: 0 },
  }),
}

/** The whole time of a build, and that of its longest step, during which nothing else is done; milliseconds. */
function build(builder: AliasBuilder) {
  const steps = builder.build(() => undefined)
  const start = performance.now()
  for (let [longest, from] = [0, start]; ; from = performance.now()) {
    const { done } = steps.next()
    longest = Math.max(longest, performance.now() - from)
    if (done === true) return { all: performance.now() - start, longest }
  }
}

/** Bytes in use; 0 where garbage cannot be collected at will. */
function heap(): number {
  globalThis.gc?.()
  return globalThis.gc === undefined ? 0 : process.memoryUsage().heapUsed
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

console.log(`${cpus().length} cores, Node ${process.version}; ${count} rows`)
for (const [shape, rowOf] of Object.entries(shapes)) {
  const before = heap()
  const builder = new AliasBuilder()
  const start = performance.now()
  for (let table = 0; table < count; table += 1) builder.put(rowOf(table))
  const put = performance.now() - start
  const { all, longest } = build(builder)
  const bytes = (heap() - before) / count
  const again = Array.from({ length: 9 }, (_, at) => {
    builder.put({ asset: `s3://new/${at}`, alias: `s3://old/${at}`, source: 'declared', aliasedAt: 1, unaliasedAt: 0 })
    return build(builder).all
  })
  console.log(
    `${shape}: rows taken in ${put.toFixed(0)} ms, index made in ${all.toFixed(0)} ms, longest step ${longest.toFixed(0)} ms;`,
    `rebuilt after one row ${median(again).toFixed(1)} ms; ${bytes.toFixed(0)} bytes a row, its keys included`,
  )
}
