import { describe, expect, test } from 'vitest'
import { readStatement } from '../../src/clickhouse/statement.ts'

const nothing = Buffer.alloc(0)
const inBody = (sql: string) => readStatement('', Buffer.from(sql))

describe('the format of a result', () => {
  test.each([
    ['SELECT 1 FORMAT JSON', 'SELECT 1 ', 'JSON'],
    ['SELECT 1 FORMAT JSON SETTINGS a = 1', 'SELECT 1  SETTINGS a = 1', 'JSON'],
    ['(SELECT 1) format CSV ;', '(SELECT 1)  ', 'CSV'],
    ['SELECT 1 FORMAT /* as */ JSON', 'SELECT 1 ', 'JSON'],
    ["SELECT format('{}', 1) FORMAT JSON", "SELECT format('{}', 1) ", 'JSON'],
    ['SHOW TABLES FORMAT TSV -- FORMAT XML', 'SHOW TABLES  -- FORMAT XML', 'TSV'],
  ])('%s', (sql, left, format) => {
    expect(inBody(sql)).toMatchObject({ sql: left, format })
  })

  test.each([
    "SELECT format('{}', 1), format('{}', 2)",
    "SELECT format('{}', 1) x",
    'SELECT a.format, b',
    'SELECT format, b',
    'SELECT format FROM t',
    "SELECT 'x' AS format",
    "SELECT ' FORMAT JSON'",
    'SELECT 1 -- FORMAT JSON',
  ])('is not asked for by: %s', (sql) => expect(inBody(sql)).toMatchObject({ sql, verb: 'SELECT' }))
})

describe('the rows of an insert', () => {
  test.each([
    ['INSERT INTO t FORMAT JSONEachRow {"a":1}', 'INSERT INTO t ', '', 'JSONEachRow', '{"a":1}'],
    ['insert into t format CSV\n1,2\n', 'insert into t ', '', 'CSV', '1,2\n'],
    ['INSERT INTO t (a) SETTINGS x=1 FORMAT TSV\n1', 'INSERT INTO t (a) ', 'SETTINGS x=1 ', 'TSV', '1'],
    ['INSERT INTO values (values, format) FORMAT CSV\n;', 'INSERT INTO values (values, format) ', '', 'CSV', ';'],
    ['INSERT INTO TABLE `select` FORMAT CSV\nSELECT', 'INSERT INTO TABLE `select` ', '', 'CSV', 'SELECT'],
    ['-- SELECT\nINSERT INTO `é` FORMAT CSV\né', '-- SELECT\nINSERT INTO `é` ', '', 'CSV', 'é'],
  ])('%s', (text, sql, settings, format, data) => {
    const { insert, ...rest } = inBody(text)
    expect(rest).toEqual({ sql, verb: 'INSERT' })
    expect({ ...insert, data: insert?.data.toString() }).toEqual({ format, settings, data })
  })

  test('come in the body when the statement comes before it, whatever bytes they are', () => {
    const rows = Buffer.from([0, 255, 10, 39])
    expect(readStatement('INSERT INTO t FORMAT RowBinary', rows).insert?.data).toEqual(rows)
    expect(readStatement('INSERT INTO t VALUES', rows).insert).toMatchObject({ format: 'Values', data: rows })
  })

  test.each(["INSERT INTO t VALUES (1, ';')", 'INSERT INTO t SELECT 1', 'INSERT INTO t (a) WITH 1 AS x SELECT x'])(
    'are part of the statement in: %s',
    (sql) => expect(inBody(sql)).toEqual({ sql, verb: 'INSERT' }),
  )
})

describe('several statements', () => {
  test.each(['SELECT 1; SELECT 2', 'CREATE TABLE a (b UInt8); DROP TABLE a;', ';SELECT 1'])(
    'are refused: %s',
    (sql) => {
      expect(() => inBody(sql)).toThrow('Multi-statements are not allowed')
    },
  )

  test.each(["SELECT ';'", 'SELECT 1;', 'SELECT 1 ; -- ; no', 'SELECT 1 /* ; */', 'SELECT `;` FROM t;;'])(
    'are not seen in: %s',
    (sql) => expect(inBody(sql).verb).toBe('SELECT'),
  )
})

describe('the length of a result', () => {
  test.each([
    ['SELECT a FROM t LIMIT 10', '10'],
    ['SELECT a FROM t LIMIT {n:UInt32} OFFSET 5', 'n'],
    ['SELECT a FROM (SELECT 1 LIMIT 5) LIMIT 7 SETTINGS x = 1', '7'],
    ['SELECT 1', '1'],
    ['SELECT a FROM (SELECT a FROM t LIMIT 5)', undefined],
    ['SELECT a FROM t LIMIT 2 BY a', undefined],
    ['SELECT a FROM t UNION ALL SELECT a FROM t LIMIT 1', undefined],
    ['SELECT arrayJoin(range(1000000))', undefined],
    ['SELECT a FROM t', undefined],
  ])('%s', (sql, limit) => expect(inBody(sql).limit).toBe(limit))
})

test('a long statement is read without delay or overflow', () => {
  const long = `SELECT '${'x\\n'.repeat(1_000_000)}', ${'1, '.repeat(200_000)} 1`
  expect(readStatement(long, nothing).verb).toBe('SELECT')
})
