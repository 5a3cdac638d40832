import { decoratedTable, shardedTable } from './bigquery-partitions.ts'
import { isPathPlatform } from './platform.ts'

/** Prefixes of keys whose partitions are trimmed; `*` for all files and objects. */
export type PartitionRules = readonly string[]

export type TrimmedKey = { readonly key: string; readonly partition: string | undefined }

const prefix = /^[a-z0-9][a-z0-9+.-]*:\/\//
const keyValue = /^[^=]+=[^=]*$/
const year = '(?:19|20|21)\\d\\d'
const month = '(?:0[1-9]|1[0-2])'
const day = '(?:0[1-9]|[12]\\d|3[01])'
const hour = '(?:[01]\\d|2[0-3])'
// 2024-01-01, 20240101, 01.01.2024, each with or without a time; 2024-01, 202401
const timeOfDay = '(?:(?:T|%20)?[\\d:.-]*Z?)'
const date = new RegExp(
  `^(?:(?:${year}-${month}-${day}|${year}${month}${day}|${day}\\.${month}\\.${year})${timeOfDay}|${year}-?${month})$`,
)
// 2024/01, 2024/01/01, 2024/01/01/23
const directories = new RegExp(`/(${year}/${month}(?:/${day}(?:/${hour})?)?)$`)

/**
 * Splits the partition off a key that a rule covers: `s3://lake/t/dt=2024-01-01` becomes `s3://lake/t` and `dt=2024-01-01`. At least one
 * segment of the path stays. BigQuery's own notation of partitions, `t$20240101`, needs no rule.
 */
export function trimPartitions(key: string, rules: PartitionRules): TrimmedKey {
  const decorated = decoratedTable(key)
  if (decorated !== undefined) return decorated
  if (!rules.some((rule) => (rule === '*' ? isPathPlatform(key) : key.startsWith(rule)))) return whole(key)
  const sharded = shardedTable(key)
  if (sharded !== undefined) return sharded
  const root = key.indexOf('/', key.indexOf('://') + '://'.length)
  if (root === -1) return whole(key)
  let end = key.length
  for (let length = lastPartition(key.slice(root, end)); length > 0; length = lastPartition(key.slice(root, end))) {
    end -= length
  }
  return end === key.length ? whole(key) : { key: key.slice(0, end), partition: key.slice(end + 1) }
}

/**
 * Reads the setting: prefixes of keys, comma separated.
 * @throws RangeError naming the first invalid prefix
 */
export function parsePartitionRules(text: string): PartitionRules {
  const rules = text.split(',').map((rule) => rule.trim())
  return rules.filter((rule) => {
    if (rule === '' || rule === '*' || prefix.test(rule)) return rule !== ''
    throw new RangeError(`${JSON.stringify(rule)} is not a prefix of asset keys, such as s3://lake/, nor *`)
  })
}

const whole = (key: string): TrimmedKey => ({ key, partition: undefined })

/** The length of the partition at the end of a path, its slash included; 0 without a partition. */
function lastPartition(path: string): number {
  const lastSlash = path.lastIndexOf('/')
  const last = path.slice(lastSlash + 1)
  const inDirectories = directories.exec(path)
  const length = inDirectories?.[0].length ?? (keyValue.test(last) || date.test(last) ? last.length + 1 : 0)
  return length < path.length ? length : 0
}
