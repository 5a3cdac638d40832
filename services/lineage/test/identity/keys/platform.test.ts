import { describe, expect, it } from 'vitest'
import { canonicalKey } from '../../../src/identity/keys/canonical-key.ts'
import { datasetNameOf } from '../../../src/identity/keys/dataset-name.ts'
import { isPathPlatform } from '../../../src/identity/keys/platform.ts'

const keyOf = ([namespace, name]: readonly [string, string]) => canonicalKey({ namespace, name })

describe('a dataset as OpenLineage names it', () => {
  it.each([
    ['abfss://raw@lake.dfs.core.windows.net', 'sales/2024.csv', 'abfss://raw@lake.dfs.core.windows.net/sales/2024.csv'],
    ['arn:aws:glue:eu-west-1:123456789012', 'table/shop/orders', 'glue://eu-west-1/123456789012/shop/orders'],
    ['arn:aws-cn:glue:cn-north-1:123456789012', 'table/shop/orders', 'glue://cn-north-1/123456789012/shop/orders'],
    ['awsathena://athena.eu-west-1.amazonaws.com', 'c.d.t', 'awsathena://athena.eu-west-1.amazonaws.com/c/d/t'],
    [
      'azurecosmos://acc.documents.azure.com/dbs/shop',
      'colls/t',
      'azurecosmos://acc.documents.azure.com/dbs/shop/colls/t',
    ],
    ['azurekusto://c.kusto.windows.net', 'db/t', 'azurekusto://c.kusto.windows.net/db/t'],
    ['bigquery', 'project.dataset.table', 'bigquery://project/dataset/table'],
    ['cassandra://h:9042', 'keyspace.t', 'cassandra://h/keyspace/t'],
    ['clickhouse://h:8123', 'db.t', 'clickhouse://h/db/t'],
    ['crate://h:5432', 'db.s.t', 'crate://h/db/s/t'],
    ['db2://h:50000', 'db.s.t', 'db2://h/db/s/t'],
    ['dbfs://workspace', '/mnt/x', 'dbfs://workspace/mnt/x'],
    ['dbfs', '/mnt/x', 'dbfs:///mnt/x'],
    ['duckdb:///srv/Shop.duckdb', 'shop.main.orders', 'duckdb:///srv/Shop.duckdb/shop/main/orders'],
    [
      'fabric-warehouse://x.datawarehouse.fabric.microsoft.com',
      'd.s.t',
      'fabric-warehouse://x.datawarehouse.fabric.microsoft.com/d/s/t',
    ],
    ['file', '/tmp/x', 'file:///tmp/x'],
    ['file://nas', '/tmp/x', 'file://nas/tmp/x'],
    ['filenet://h:9080/repo', 'doc/1', 'filenet://h:9080/repo/doc/1'],
    ['gs://bucket', 'path/object.csv', 'gs://bucket/path/object.csv'],
    ['hdfs', '/data/x', 'hdfs:///data/x'],
    ['hdfs://nn:8020', '/data/x', 'hdfs://nn/data/x'],
    ['hive://h:9083', 'db.t', 'hive://h/db/t'],
    ['inmemory://', 'frame-1', 'inmemory:///frame-1'],
    ['kafka://broker:9092', 'orders.v1', 'kafka://broker/orders.v1'],
    ['milvus://h:19530', 'db.c', 'milvus://h/db/c'],
    ['mssharepoint://h:8443/site', 'docs/a.xlsx', 'mssharepoint://h:8443/site/docs/a.xlsx'],
    ['mssql://h:1433', 'db.dbo.t', 'mssql://h/db/dbo/t'],
    ['mysql://h:3306', 'db.t', 'mysql://h/db/t'],
    ['oceanbase://h:2881', 'db.t', 'oceanbase://h/db/t'],
    ['oracle://h:1521', 'svc.s.t', 'oracle://h/svc/s/t'],
    ['postgres://h:5432', 'db.s.t', 'postgres://h/db/s/t'],
    ['postgres://h:6432', 'db.s.t', 'postgres://h:6432/db/s/t'],
    ['pubsub', 'topic:project:orders', 'pubsub://topic/project/orders'],
    ['pubsub', 'subscription:project:s', 'pubsub://subscription/project/s'],
    ['redshift://cluster.eu-west-1:5439', 'db.s.t', 'redshift://cluster.eu-west-1/db/s/t'],
    ['s3://bucket', 'path/key.parquet', 's3://bucket/path/key.parquet'],
    ['snowflake://org-acct', 'DB.SCH.T', 'snowflake://org-acct/DB/SCH/T'],
    ['spanner://project:instance', 'd.s.t', 'spanner://project:instance/d/s/t'],
    ['teradata://h:1025', 'db.t', 'teradata://h/db/t'],
    ['trino://h:8080', 'c.s.t', 'trino://h/c/s/t'],
    ['unitycatalog://h', 'c.s.t', 'unitycatalog://h/c/s/t'],
    ['wasbs://c@acct.dfs.core.windows.net', 'x/y', 'wasbs://c@acct.dfs.core.windows.net/x/y'],
    ['airflow://production', 'daily.load', 'airflow://production/daily.load'],
    ['default', 'daily.load', 'dataset://default/daily.load'],
  ])('%s and %s have their key, and the key has them', (namespace, name, key) => {
    expect(canonicalKey({ namespace, name })).toBe(key)
    const pair = datasetNameOf(key)
    expect(pair.name).toBe(name)
    expect([namespace, `${namespace}:443`]).toContain(pair.namespace)
  })
})

describe('one dataset, named by several clients', () => {
  it.each<[string, ...(readonly [string, string])[]]>([
    [
      's3://bucket/a/b',
      ['s3a://bucket', 'a/b'],
      ['s3n://Bucket', '/a//b/'],
      ['S3://bucket/a', 'b'],
      ['s3://k:secret@bucket', 'a/b'],
      ['s3://bucket', 's3://bucket/a/b'],
    ],
    ['gs://bucket/a', ['gcs://bucket', 'a'], ['gs://bucket/', 'a']],
    ['abfss://c@a.dfs.core.windows.net/x', ['abfs://c@a.dfs.core.windows.net', 'x']],
    ['wasbs://c@a.blob.core.windows.net/x', ['wasb://c@a.blob.core.windows.net', '/x']],
    [
      'file:///tmp/x',
      ['file', 'tmp/x'],
      ['file://', '/tmp/x'],
      ['file://localhost', '/tmp/x'],
      ['file:/tmp', 'x'],
      ['/tmp', 'x'],
    ],
    ['hdfs://nn/warehouse/db.t', ['hdfs://nn:8020/warehouse', 'db.t'], ['hdfs://NN', 'warehouse/db.t']],
    [
      'postgres://h/db/s/t',
      ...(
        [
          'postgresql://H:5432',
          'postgres://user:secret@h',
          'postgresql+psycopg2://h',
          'postgres://h:/db',
          'postgres://h:None',
          'postgres://h:null',
        ] as const
      ).map((namespace) => [namespace, 'db.s.t'] as const),
      ['jdbc:postgresql://h:5432/db', 's.t'],
      ['jdbc:postgresql://h:5432/db?user=me&password=secret', 'db.s.t'],
      ['postgres://h:5432', '"db"."s"."t"'],
      ['postgres://h:5432', '/db.s.t/'],
    ],
    ['mysql://h/db/t', ['mysql://h', '`db`.`t`'], ['jdbc:mysql://h:3306/db', 't'], ['mysql://h/db', 'db.t']],
    [
      'mssql://h/db/dbo/t',
      ['sqlserver://h:1433', 'db.dbo.t'],
      ['mssql://h', '[db].[dbo].[t]'],
      ['jdbc:sqlserver://h:1433;databaseName=db;password=secret', 'dbo.t'],
    ],
    [
      'mssql://h%5Ca/d/dbo/t',
      ['sqlserver://h\\A', 'd.dbo.t'],
      ['jdbc:sqlserver://h;instanceName=A;databaseName=d', 'dbo.t'],
    ],
    [
      'oracle://h/svc/s/t',
      ['jdbc:oracle:thin:@//h:1521/svc', 's.t'],
      ['jdbc:oracle:thin:@h:1521:svc', 's.t'],
      ['jdbc:oracle:thin:me/secret@h:1521/svc', 's.t'],
    ],
    [
      'snowflake://org-acct/DB/S/T',
      ['snowflake://ORG-ACCT', 'DB.S.T'],
      ['snowflake://org_acct', 'DB.S.T'],
      ['snowflake://org-acct.privatelink', 'DB.S.T'],
      ['snowflake://org-acct.privatelink.snowflakecomputing.com', 'DB.S.T'],
      ['jdbc:snowflake://org-acct.snowflakecomputing.com:443/?db=DB&schema=S', 'T'],
    ],
    ['bigquery://p/d/t', ['bigquery://p', 'd.t'], ['BigQuery', '`p`.`d`.`t`']],
    ['unitycatalog://h/c/s/t', ['databricks://h', 'c.s.t'], ['jdbc:databricks://h:443;httpPath=/sql', 'c.s.t']],
    [
      'clickhouse://h/db/t',
      ['clickhouse://h:9000', 'db.t'],
      ['jdbc:ch://h:8123/db', 't'],
      ['clickhouse://h:8443', 'db.t'],
    ],
    ['hive://h/db/t', ['jdbc:hive2://h:10000/db;ssl=true', 't'], ['hive://h:9083', 'db.t']],
    ['kafka://a,b:9093,c/t', ['kafka://c:9092,B:9093,a', 't'], ['kafka://a:9092,a,b:9093,c', '/t']],
    ['duckdb:///srv/x.db/x/main/t', ['jdbc:duckdb:/srv/x.db', 'x.main.t'], ['duckdb:////srv/x.db', 'x.main.t']],
    [
      'glue://eu-west-1/123456789012/d/t',
      ['arn:aws:glue:eu-west-1:123456789012', 'd/t'],
      ['arn:aws:glue:eu-west-1:123456789012/', 'table/d/t'],
      ['arn:aws:glue:eu-west-1:123456789012', 'd.t'],
      ['aws:glue:eu-west-1:123456789012', 'd.t'],
    ],
    ['unitycatalog:///c/s/t', ['unity-catalog', 'c.s.t'], ['databricks://', 'c.s.t']],
    ['trino://h/c/s/t', ['trino://h:443', 'c.s.t'], ['trino://h:8080/', 'c.s.t'], ['jdbc:trino://h:443/c/s', 't']],
    ['db2://h/db/s/t', ['db2://h:6789', 'db.s.t'], ['db2://h:50000', 'db.s.t']],
    ['dbfs:///mnt/x', ['dbfs', '/mnt/x'], ['dbfs:/mnt', 'x'], ['dbfs://', 'mnt/x'], ['DBFS', 'mnt/x']],
    ['pubsub://topic/p/t', ['pubsub://topic', 'p:t']],
  ])('is %s', (key, ...pairs) => {
    for (const pair of pairs) expect([pair, keyOf(pair)]).toEqual([pair, key])
  })
})

describe('what distinguishes two datasets', () => {
  it.each<[string, readonly [string, string], readonly [string, string]]>([
    ['a dot within quotes', ['postgres://h', 'db.s."a.b"'], ['postgres://h', 'db.s.a.b']],
    ['a slash in the name of a table', ['postgres://h', 'db.s.a/b'], ['postgres://h', 'db.s.a.b']],
    ['a percent sign', ['s3://b', 'a%2Fb'], ['s3://b', 'a/b']],
    ['an encoded space', ['s3://b', 'a%20b'], ['s3://b', 'a b']],
    ['case in a name', ['snowflake://o-a', 'D.S.T'], ['snowflake://o-a', 'd.s.t']],
    ['a URL of another bucket in a name', ['s3://b', 's3://c/x'], ['s3://b', 'x']],
    ['an underscore in a host', ['postgres://a_b', 'd.s.t'], ['postgres://a-b', 'd.s.t']],
    ['a port', ['postgres://h:5433', 'd.s.t'], ['postgres://h', 'd.s.t']],
    [
      'a database in parameters',
      ['jdbc:sqlserver://h;database=a', 'dbo.t'],
      ['jdbc:sqlserver://h;database=b', 'dbo.t'],
    ],
    [
      'an instance in parameters',
      ['jdbc:sqlserver://h;instanceName=A;databaseName=d', 'dbo.t'],
      ['jdbc:sqlserver://h;instanceName=B;databaseName=d', 'dbo.t'],
    ],
    [
      'a server in parameters',
      ['jdbc:sqlserver://;serverName=g;databaseName=d', 'dbo.t'],
      ['jdbc:sqlserver://;serverName=h;databaseName=d', 'dbo.t'],
    ],
    ['an omitted schema', ['snowflake://o-a', 'D..T'], ['snowflake://o-a', 'D.T']],
    ['a host and the same first segment', ['postgres://', 'a.b'], ['postgres://a', 'b']],
    ['the container', ['abfss://a@x.dfs.core.windows.net', 'p'], ['abfss://b@x.dfs.core.windows.net', 'p']],
    ['a slash in a plain namespace', ['a/b', 'c'], ['a', 'b/c']],
    ['case in a plain namespace', ['Team', 'x'], ['team', 'x']],
    ['halves of a surrogate pair', ['s3://b', '\ud800'], ['s3://b', '\ud801']],
    ['how a letter is composed', ['s3://b', 'é'], ['s3://b', 'e\u0301']],
    ['a dot in the name of a Glue table', ['glue://r', 'table/d/a.b'], ['glue://r', 'table/d/a/b']],
    ['a path and a table', ['file', '/srv/x.db'], ['duckdb:///srv/x.db', '']],
  ])('is %s', (_, one, another) => expect(keyOf(one)).not.toBe(keyOf(another)))
})

it.each(['s3://b/k', 'gs://b/k', 'abfss://c@a/k', 'wasbs://c@a/k', 'hdfs://nn/k', 'dbfs:///mnt/k', 'file:///tmp/k'])(
  '%s is a path platform',
  (key) => expect(isPathPlatform(key)).toBe(true),
)

it.each([
  'postgres://h/d/s/t',
  'hive://h/d/t',
  'glue://r/a/d/t',
  'kafka://h/t',
  'dataset://n/t',
  'constructor://x',
  'x',
])('%s is not a path platform', (key) => expect(isPathPlatform(key)).toBe(false))
