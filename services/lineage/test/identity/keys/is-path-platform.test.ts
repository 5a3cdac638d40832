import { expect, it } from 'vitest'
import { isPathPlatform } from '../../../src/identity/keys/is-path-platform.ts'

it.each(['s3://b/k', 'gs://b/k', 'abfss://c@a/k', 'wasbs://c@a/k', 'hdfs://nn/k', 'dbfs:///mnt/k', 'file:///tmp/k'])(
  '%s is a path',
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
])('%s is no path', (key) => expect(isPathPlatform(key)).toBe(false))
