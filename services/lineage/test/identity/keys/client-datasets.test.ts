import { describe, expect, it } from 'vitest'
import { assetKeyProblem } from '../../../src/identity/keys/asset-key.ts'
import { canonicalKey } from '../../../src/identity/keys/canonical-key.ts'
import { datasetNameOf } from '../../../src/identity/keys/dataset-name.ts'

// Namespace, name and key of datasets in the forms that OpenLineage clients send.

const airflow = [
  ['bigquery', 'acme-dev.staging.orders', 'bigquery://acme-dev/staging/orders'],
  ['bigquery', 'acme-dev.staging.orders_copy', 'bigquery://acme-dev/staging/orders_copy'],
  ['file', '/opt/airflow/tmp/orders.txt', 'file:///opt/airflow/tmp/orders.txt'],
  ['gs://acme-landing', 'orders.csv', 'gs://acme-landing/orders.csv'],
  ['gs://acme-landing', 'daily/orders_composed.csv', 'gs://acme-landing/daily/orders_composed.csv'],
  ['gs://acme-landing', '/', 'gs://acme-landing'],
  ['s3://acme-raw', '/orders/part.json', 's3://acme-raw/orders/part.json'],
  ['postgres://db.acme.test:5432', 'shop.public.orders', 'postgres://db.acme.test/shop/public/orders'],
  ['mysql://db.acme.test:3306', 'shop.orders', 'mysql://db.acme.test/shop/orders'],
  ['snowflake://acme-eu', 'SHOP.PUBLIC.ORDERS', 'snowflake://acme-eu/SHOP/PUBLIC/ORDERS'],
  ['redshift://acme.eu-west-1:5439', 'shop.public.orders', 'redshift://acme.eu-west-1/shop/public/orders'],
  ['awsathena://athena.eu-west-1.amazonaws.com', 'AwsDataCatalog.shop.orders', undefined],
  ['sqlserver://db.acme.test:1433', 'shop.dbo.orders', 'mssql://db.acme.test/shop/dbo/orders'],
  ['sftp://files.acme.test:22', '/in/orders.csv', 'sftp://files.acme.test/in/orders.csv'],
] as const

// Spark names a table by its path, and adds as a symlink the table within the folder of the catalog.
const spark = [
  ['file', '/tmp/warehouse/customers', 'file:///tmp/warehouse/customers'],
  ['file', '/tmp/warehouse/sales', 'file:///tmp/warehouse/sales'],
  ['file:/tmp/warehouse', 'default.customers', 'file:///tmp/warehouse/default.customers'],
  ['file:/tmp/warehouse', 'default.sales', 'file:///tmp/warehouse/default.sales'],
  ['hive://metastore.acme.test:9083', 'shop.orders', 'hive://metastore.acme.test/shop/orders'],
  ['s3://acme-lake', 'shop/orders', 's3://acme-lake/shop/orders'],
  ['s3a://acme-lake', 'shop/orders', 's3://acme-lake/shop/orders'],
  ['arn:aws:glue:eu-west-1:123456789012', 'table/shop/orders', 'glue://eu-west-1/123456789012/shop/orders'],
  ['abfss://raw@acme.dfs.core.windows.net', '/shop/orders', 'abfss://raw@acme.dfs.core.windows.net/shop/orders'],
  ['hdfs://namenode:8020', '/shop/orders', 'hdfs://namenode/shop/orders'],
  ['dbfs', '/mnt/shop/orders', 'dbfs:///mnt/shop/orders'],
  ['kafka://a:9092,b:9092', 'orders', 'kafka://a,b/orders'],
] as const

const dbt = [
  ['postgres://localhost:5432', 'shop.analytics.stg_orders', 'postgres://localhost/shop/analytics/stg_orders'],
  ['snowflake://ACME-EU', 'shop.analytics.stg_orders', 'snowflake://acme-eu/shop/analytics/stg_orders'],
  ['duckdb:///work/shop.duckdb', 'shop.main.stg_orders', undefined],
  ['trino://trino.acme.test:8080', 'lake.analytics.stg_orders', 'trino://trino.acme.test/lake/analytics/stg_orders'],
  [
    'databricks://adb-1.azuredatabricks.net',
    'main.shop.orders',
    'unitycatalog://adb-1.azuredatabricks.net/main/shop/orders',
  ],
] as const

const pairs = [...airflow, ...spark, ...dbt].map(([namespace, name, key]) => ({ namespace, name, key }))

describe('Datasets as OpenLineage clients name them', () => {
  it.each(pairs)('$namespace $name has a valid key, which has a pair with that key', (pair) => {
    const key = canonicalKey(pair)
    expect(assetKeyProblem(key)).toBeUndefined()
    expect(canonicalKey(datasetNameOf(key))).toBe(key)
  })

  it.each(pairs.filter(({ key }) => key !== undefined))('$namespace $name is $key', (pair) => {
    expect(canonicalKey(pair)).toBe(pair.key)
  })

  it('have different keys by path and by the table in a folder that Spark gives as a symlink', () => {
    const [path, , table] = spark
    expect(canonicalKey({ namespace: path[0], name: path[1] })).not.toBe(
      canonicalKey({ namespace: table[0], name: table[1] }),
    )
  })
})
