/** What users of ClickHouse send, in an order in which each works. */
export const ordinaryStatements: readonly string[] = `
SELECT 1 AS file
SELECT name AS file, file FROM system.tables LIMIT 1
SELECT 'file(x) INTO OUTFILE' AS x
WITH file AS (SELECT 1) SELECT * FROM file
SELECT count() FROM numbers(10)
SELECT * FROM generateRandom() LIMIT 1
CREATE DATABASE own
CREATE TABLE own.a (a Int32) ENGINE = ReplacingMergeTree ORDER BY a
CREATE TABLE own.b AS own.a
INSERT INTO own.a SELECT number FROM numbers(3)
INSERT INTO own.a (a) VALUES (4), (5)
/* a tool */ INSERT INTO own.a (a) SETTINGS async_insert = 0 VALUES (toInt32(now()) % 7)
SELECT format('{} {}', 'a', toString(1)) AS x
SELECT * FROM format(JSONEachRow, 'a String', '{"a":"1"}')
SELECT * FROM format('CSV', '1,2')
CREATE VIEW own.v AS SELECT * FROM own.a
CREATE MATERIALIZED VIEW own.m ENGINE = SummingMergeTree ORDER BY a AS SELECT a FROM own.a
CREATE TEMPORARY TABLE x (a Int32)
CREATE DICTIONARY own.e (a UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(DB currentDatabase() TABLE 'a')) LAYOUT(HASHED()) LIFETIME(0)
CREATE DICTIONARY own.d (a UInt64, b UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(TABLE 'a' DB 'own')) LAYOUT(FLAT()) LIFETIME(0)
ALTER TABLE own.a ADD COLUMN b String
ALTER TABLE own.a DELETE WHERE a = 1
OPTIMIZE TABLE own.a FINAL
TRUNCATE TABLE own.b
RENAME TABLE own.b TO own.c
EXCHANGE TABLES own.a AND own.c
DETACH TABLE own.c
ATTACH TABLE own.c
SHOW CREATE TABLE own.a
DESCRIBE TABLE own.a
EXPLAIN SELECT * FROM own.a
EXISTS TABLE own.a
SHOW DATABASES
DROP DATABASE own
SELECT * FROM system.columns LIMIT 1
SET max_threads = 1
KILL QUERY WHERE query_id = 'x'
`
  .trim()
  .replaceAll('§', '`')
  .split('\n')
