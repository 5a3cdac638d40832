import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compressedBlocks, unpackCompressedBlocks } from '../../src/clickhouse/compression/compressed-blocks.ts'
import { type ClickHouseUnderTest, startClickHouse } from './clickhouse-under-test.ts'

// What drivers send besides curl and @clickhouse/client: JDBC (DBeaver), clickhouse-go (Grafana), clickhouse-connect.

let server: ClickHouseUnderTest
beforeAll(async () => {
  server = await startClickHouse()
})
afterAll(() => server?.close())

type Asked = { readonly headers?: Record<string, string>; readonly settings?: Record<string, string> }

async function ask(body: string | Buffer<ArrayBuffer>, { headers = {}, settings = {} }: Asked = {}) {
  const url = `${server.address}/?${new URLSearchParams(settings)}`
  const login = { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': server.password }
  const answer = await fetch(url, { method: 'POST', body, headers: { ...login, ...headers } })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}

async function* once(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
const inBlocks = async (text: string) => Buffer.from(await buffer(compressedBlocks(once(text))))

describe('compressed blocks, as JDBC reads them', () => {
  const settings = { compress: '1' }

  test.each([
    ['SELECT 1', '1\n'],
    ['SELECT 1 WHERE 0', ''],
    ['SELECT number FROM numbers(3) FORMAT CSV', '0\n1\n2\n'],
  ])('%s', async (sql, expected) => {
    const { bytes } = await ask(sql, { settings })
    expect(unpackCompressedBlocks(bytes, 1_000).toString()).toBe(expected)
  })

  test('a long result comes complete', async () => {
    const { bytes } = await ask('SELECT number FROM numbers(1000000) FORMAT RowBinary', { settings })
    const numbers = unpackCompressedBlocks(bytes, 10_000_000)
    expect(numbers.length).toBe(8_000_000)
    expect(numbers.readBigUInt64LE(7_999_992)).toBe(999_999n)
  })

  test('an error is not compressed', async () => {
    const { status, bytes } = await ask('SELECT nope', { settings })
    expect(status).toBe(404)
    expect(bytes.toString()).toMatch(/^Code: 47\. /)
  })
})

describe('a compressed body', () => {
  beforeAll(() => ask('CREATE TABLE packed (a UInt32, s String) ENGINE = MergeTree ORDER BY a'))

  test('in blocks, as drivers insert, is unpacked', async () => {
    const body = await inBlocks('INSERT INTO packed FORMAT CSV\n1,blocks\n')
    expect(await ask(body, { settings: { decompress: '1' } })).toMatchObject({ status: 200 })
    const rows = { query: 'INSERT INTO packed FORMAT CSV', decompress: '1' }
    expect(await ask(await inBlocks('2,blocks\n'), { settings: rows })).toMatchObject({ status: 200 })
    expect((await ask('SELECT s FROM packed WHERE a < 3')).bytes.toString()).toBe('blocks\nblocks\n')
  })

  test('that is damaged is refused', async () => {
    const body = await inBlocks('INSERT INTO packed FORMAT CSV\n9,damaged\n')
    body[body.length - 1] = 0
    const { bytes } = await ask(body, { settings: { decompress: '1' } })
    expect(bytes.toString()).toContain('CHECKSUM_DOESNT_MATCH')
  })

  test('by LZ4, as clickhouse-connect inserts, is unpacked', async () => {
    const body = Buffer.from(
      'BCJNGGhAQgAAAAAAAADlPgAAAPEWSU5TRVJUIElOVE8gcGFja2VkIEZPUk1BVCBDU1YKMyxsejQKNAYAETUGABE2BgDANyxsejQKOCxsejQKAAAAAA==',
      'base64',
    )
    expect(await ask(body, { headers: { 'Content-Encoding': 'lz4' } })).toMatchObject({ status: 200 })
    expect((await ask("SELECT count() FROM packed WHERE s = 'lz4'")).bytes.toString()).toBe('6\n')
  })

  test('by a method that is not accepted is refused with those that are', async () => {
    const { status, bytes } = await ask('x', { headers: { 'Content-Encoding': 'zstd' } })
    expect(status).toBe(501)
    expect(bytes.toString()).toMatch(/zstd is not accepted: choose lz4, gzip, deflate or br/)
  })
})

test('the greeting of clickhouse-go is answered by its revision, and announces blocks of revision 0', async () => {
  const settings = { default_format: 'Native', client_protocol_version: '54460' }
  const { bytes } = await ask('SELECT displayName(), version(), revision(), timezone()', { settings })
  const columns = ['displayName()', 'version()', 'revision()', 'timezone()']
  expect(bytes.subarray(0, 10).toString('hex')).toBe('010002ffffffff000401')
  const text = bytes.toString('latin1')
  expect(columns.every((name) => text.includes(name))).toBe(true)
  expect(text).toContain('revision()\x06UInt32\0\0\0\0\0\x0atimezone()')
  const after = await ask('SELECT 1 AS x', { settings })
  expect(after.bytes.toString('hex')).toBe('010101780555496e743801')
})
