import { platformOf } from './asset-key.ts'

/** How the datasets of a platform are named. */
export type Platform = {
  /** A table outranks a path when both name one asset. */
  readonly kind: 'path' | 'table' | 'stream' | 'other'
  /**
   * What follows `://`: hosts (lower case, sorted, without user and default port), one host (lower case), an unchanged text, or the name
   * itself (none).
   */
  readonly authority: 'hosts' | 'host' | 'text' | 'none'
  /** Splits a name into the segments of the key. */
  readonly separator: '.' | '/' | ':'
  /** How many parts the name of a table has, e.g. 3 for `database.schema.table`. */
  readonly levels: number
  /** Left out of keys. */
  readonly defaultPorts: readonly number[]
  /** OpenLineage writes the port even when it is the default. */
  readonly namesPort: boolean
  /** How many leading segments belong to OpenLineage's namespace. */
  readonly namespaceSegments: number
  /** OpenLineage's name starts with a slash. */
  readonly rooted: boolean
  /** Its hosts are Snowflake accounts. */
  readonly namesAccounts: boolean
  /** The case to which the engine folds unquoted names; `any`: all names, to lower case. */
  readonly folds: 'nothing' | 'upper' | 'lower' | 'any'
}

const other: Platform = {
  kind: 'other',
  authority: 'host',
  separator: '/',
  levels: 0,
  defaultPorts: [],
  namesPort: false,
  namespaceSegments: 0,
  rooted: false,
  namesAccounts: false,
  folds: 'nothing',
}

const tables = (levels: number, ...defaultPorts: number[]): Platform => ({
  ...other,
  kind: 'table',
  authority: 'hosts',
  separator: '.',
  levels,
  defaultPorts,
  namesPort: true,
})
const folding = (folds: Platform['folds'], platform: Platform): Platform => ({ ...platform, folds })
const unported = (platform: Platform): Platform => ({ ...platform, namesPort: false })
const streams = (...defaultPorts: number[]): Platform => ({
  ...tables(0, ...defaultPorts),
  kind: 'stream',
  separator: '/',
})
const objects: Platform = { ...other, kind: 'path' }
const files = (...defaultPorts: number[]): Platform => ({ ...objects, rooted: true, defaultPorts, namesPort: true })
const documents: Platform = { ...objects, defaultPorts: [443], namesPort: true, namespaceSegments: 1 }
const databaseFile: Platform = { ...tables(3), authority: 'text', namesPort: false }

const platforms: ReadonlyMap<string, Platform> = new Map<string, Platform>([
  ['abfss', objects],
  ['awsathena', folding('any', unported(tables(3, 443)))],
  ['azurecosmos', { ...unported(tables(0, 443)), separator: '/', namespaceSegments: 2 }],
  ['azurekusto', { ...unported(tables(0, 443)), separator: '/' }],
  ['bigquery', { ...unported(tables(3)), authority: 'none' }],
  ['box', documents],
  ['cassandra', tables(2, 9042)],
  ['clickhouse', tables(2, 8123, 9000, 8443, 9440)],
  ['cockroachdb', tables(3, 26257)],
  ['crate', tables(3, 5432)],
  ['dataset', { ...other, authority: 'text' }],
  ['db2', tables(3, 50000, 6789)],
  ['dbfs', files()],
  ['doris', tables(2, 9030)],
  ['dremio', tables(0, 31010)],
  ['duckdb', databaseFile],
  ['exasol', tables(2, 8563)],
  ['fabric-warehouse', unported(tables(3, 1433))],
  ['file', files()],
  ['filenet', documents],
  ['ftp', files(21)],
  ['glue', { ...other, kind: 'table', authority: 'text', folds: 'any' }],
  ['greenplum', tables(3, 5432)],
  ['gs', objects],
  ['hdfs', files(8020)],
  ['hive', folding('any', tables(2, 9083, 10000))],
  ['impala', folding('any', tables(2, 21050))],
  ['inmemory', { ...other, kind: 'table', authority: 'text' }],
  ['kafka', streams(9092)],
  ['mariadb', tables(2, 3306)],
  ['milvus', tables(2, 19530)],
  ['mongodb', tables(2, 27017)],
  ['mssharepoint', documents],
  ['mssql', tables(3, 1433)],
  ['mysql', tables(2, 3306)],
  ['netezza', tables(3, 5480)],
  ['oceanbase', tables(2, 2881)],
  ['oracle', folding('upper', tables(3, 1521))],
  ['oss', objects],
  ['postgres', folding('lower', tables(3, 5432))],
  ['presto', tables(3, 8080, 443)],
  ['pubsub', { ...unported(streams()), authority: 'none', separator: ':' }],
  ['pulsar', streams(6650)],
  ['r2', objects],
  ['redshift', folding('any', tables(3, 5439))],
  ['s3', objects],
  ['sftp', files(22)],
  ['singlestore', tables(2, 3306)],
  ['snowflake', { ...folding('upper', unported(tables(3, 443))), namesAccounts: true }],
  ['spanner', unported(tables(3))],
  ['spark', tables(2, 10000)],
  ['sqlite', databaseFile],
  ['starrocks', tables(3, 9030)],
  ['teradata', tables(2, 1025)],
  ['trino', tables(3, 8080, 443)],
  ['unitycatalog', folding('any', unported(tables(3, 443)))],
  ['vertica', tables(3, 5433)],
  ['wasbs', objects],
])

const synonyms: ReadonlyMap<string, string> = new Map([
  ['abfs', 'abfss'],
  ['ch', 'clickhouse'],
  ['databricks', 'unitycatalog'],
  ['gcs', 'gs'],
  ['hive2', 'hive'],
  ['postgresql', 'postgres'],
  ['s3a', 's3'],
  ['s3n', 's3'],
  ['sqlserver', 'mssql'],
  ['wasb', 'wasbs'],
])

/** The platform of a scheme; an unknown scheme has one host, and a path as the name. */
export function platformNamed(scheme: string): Platform {
  return platforms.get(scheme) ?? other
}

/** The scheme in keys: `s3` for `s3a`, `postgres` for `postgresql+psycopg2`. */
export function canonicalScheme(scheme: string): string {
  const lower = scheme.toLowerCase()
  const known = synonyms.get(lower) ?? lower
  const [engine, driver] = lower.split('+', 2)
  if (platforms.has(known) || engine === undefined || driver === undefined) return known
  const plain = synonyms.get(engine) ?? engine
  return platforms.get(plain)?.kind === 'table' ? plain : known
}

/** True when a key names a file or an object, e.g. `s3://bucket/path`. The name of a table outranks it. */
export const isPathPlatform = (key: string): boolean => platformNamed(platformOf(key)).kind === 'path'
