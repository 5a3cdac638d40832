import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePartitionRules, trimPartitions } from '../../../src/identity/keys/trim-partitions.ts'

describe('trimPartitions', () => {
  it.each([
    'dt=2024-01-01',
    'year=2024/month=01',
    'country=de/dt=20240101/hour=05',
    '2024/01/01',
    '2024/01/01/23',
    '2024/01',
    '2024-01-01',
    '2024-01',
    '202401',
    '20240101',
    '31.12.2024',
    '20240101T101500Z',
    '2024-01-01T10:15:00.000Z',
    'dt=2024-01-01/2024/01/01',
    'dt=2024-01-01%2010:00',
  ])('splits %s off the key', (partition) => {
    expect(trimPartitions(`s3://lake/orders/${partition}`, ['*'])).toEqual({ key: 's3://lake/orders', partition })
  })

  it.each([
    's3://lake/orders',
    's3://lake/orders/2024-13-01',
    's3://lake/orders/20241301',
    's3://lake/orders/12345678',
    's3://lake/orders/2024/13',
    's3://lake/orders/a=b=c',
    's3://lake/orders/=x',
    's3://lake/2024-01-01-report',
    's3://lake/orders/2024-01-01/part-0.parquet',
    's3://lake/dt=2024-01-01',
    's3://lake/2024/01/01',
    's3://lake',
    's3://2024-01-01',
  ])('leaves %s unchanged', (key) => expect(trimPartitions(key, ['*'])).toEqual({ key, partition: undefined }))

  it('applies under a configured prefix only', () => {
    const rules = parsePartitionRules('s3://lake/raw/, gs://raw/')
    expect(trimPartitions('s3://lake/raw/t/dt=1', rules).key).toBe('s3://lake/raw/t')
    expect(trimPartitions('gs://raw/t/dt=1', rules).key).toBe('gs://raw/t')
    expect(trimPartitions('s3://lake/refined/t/dt=1', rules).key).toBe('s3://lake/refined/t/dt=1')
    expect(trimPartitions('s3://lake/raw/t/dt=1', []).key).toBe('s3://lake/raw/t/dt=1')
  })

  it('never trims names of tables, unless their own prefix is configured', () => {
    const key = 'postgres://h/db/s/202401'
    expect(trimPartitions(key, ['*']).key).toBe(key)
    expect(trimPartitions(key, ['postgres://h/db/']).key).toBe('postgres://h/db/s')
  })

  it.each(['20240101', '2024010112', '202401', '__UNPARTITIONED__'])(
    'parts $%s from a table of BigQuery without a rule',
    (partition) => {
      const key = 'bigquery://p/d/t'
      expect(trimPartitions(`${key}$${partition}`, [])).toEqual({ key, partition })
      expect(trimPartitions(`postgres://h/d/s/t$${partition}`, []).partition).toBeUndefined()
    },
  )

  it('treats daily tables of BigQuery as one where configured', () => {
    const [rules, all] = [['bigquery://p/analytics/'], 'bigquery://p/analytics/events_*']
    for (const partition of ['20240101', '2024*', '202401*']) {
      expect(trimPartitions(`bigquery://p/analytics/events_${partition}`, rules)).toEqual({ key: all, partition })
    }
    for (const key of [all, 'bigquery://p/analytics/events_20241301', 'bigquery://p/analytics/20240101_events']) {
      expect(trimPartitions(key, rules)).toEqual({ key, partition: undefined })
    }
    const elsewhere = 'bigquery://p/sales/orders_20240101'
    expect(trimPartitions(elsewhere, [...rules, '*'])).toEqual({ key: elsewhere, partition: undefined })
  })

  it('is idempotent, and loses nothing', () => {
    const segment = fc.constantFrom('a', 'dt=1', '2024', '01', '2024-01-01', '202401', 'x')
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), (segments) => {
        const key = `s3://lake/${segments.join('/')}`
        const trimmed = trimPartitions(key, ['*'])
        expect([trimmed.key, ...(trimmed.partition === undefined ? [] : [trimmed.partition])].join('/')).toBe(key)
        expect(trimPartitions(trimmed.key, ['*'])).toEqual({ key: trimmed.key, partition: undefined })
      }),
    )
  })
})

describe('parsePartitionRules', () => {
  it.each([
    ['', []],
    [' , ', []],
    ['*', ['*']],
    ['s3://lake/,gs://raw/', ['s3://lake/', 'gs://raw/']],
  ])('reads %j', (text, rules) => expect(parsePartitionRules(text)).toEqual(rules))

  it('refuses an invalid prefix by name', () => {
    expect(() => parsePartitionRules('s3://lake/, lake')).toThrow('"lake" is not a prefix of asset keys')
  })
})
