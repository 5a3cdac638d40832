import fc from 'fast-check'
import type { DatasetName } from '../../../src/identity/keys/dataset-name.ts'

const difficult = fc.string({
  unit: fc.constantFrom(
    ...[
      'a',
      'B',
      '1',
      '.',
      '..',
      '/',
      '//',
      ':',
      '@',
      ',',
      '%',
      '%2F',
      '~',
      '"',
      '""',
      '`',
      '[',
      ']',
      '\\',
      ' ',
      '=',
      '?',
      ';',
    ],
    ...[
      '#',
      '-',
      '\u0000',
      '\n',
      '\u00a0',
      'é',
      'e\u0301',
      '漢',
      '😀',
      '\ud800',
      '\udc00',
      'table',
      'topic',
      'db',
      'dbs',
    ],
  ),
  maxLength: 12,
})
const text = fc.oneof(
  difficult,
  difficult,
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.tuple(difficult, fc.integer({ min: 100, max: 600 })).map(([unit, times]) => unit.repeat(times)),
)

const begin = fc.constantFrom(
  ...[
    '',
    '',
    's3://',
    'S3A://',
    'gs://',
    'abfss://c@',
    'file:',
    'file://',
    'file://localhost',
    '/',
    'hdfs://nn:8020',
    'dbfs:/',
  ],
  ...[
    'postgres://',
    'postgresql://u:p@h:5432',
    'jdbc:postgresql://h/db',
    'mysql://h:3306',
    'snowflake://A-b',
    'snowflake://A_b.privatelink.snowflakecomputing.com',
    'snowflake://a.snowflakecomputing.com.privatelink',
    'bigquery',
  ],
  ...[
    'hdfs',
    'bigquery://',
    'pubsub',
    'pubsub://',
    'kafka://b:9092,a',
    'arn:aws:glue:eu-west-1:123456789012',
    'glue://',
    'duckdb://',
  ],
  ...[
    'duckdb:///tmp/x.db',
    'jdbc:',
    'jdbc:oracle:thin:@',
    'jdbc:sqlserver://h;databaseName=d',
    'azurecosmos://h/dbs/',
    'box://h/',
  ],
  ...[
    'dataset://',
    'unknown://',
    'fabric-warehouse://h',
    'spanner://p:i',
    'inmemory://',
    '3x+y://h:',
    'mssharepoint://h:443/s',
  ],
)
const namespaces = fc.tuple(begin, fc.oneof(fc.constant(''), text)).map(([start, rest]) => start + rest)

/** Pairs of texts, among them all the forms of namespaces, with what is difficult in each. */
export const datasetNames: fc.Arbitrary<DatasetName> = fc.record({ namespace: namespaces, name: text })
