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
CREATE TABLE own.url (a Int32, ENGINE String, format String) ENGINE = MergeTree ORDER BY a
CREATE TABLE IF NOT EXISTS remote (a Int32) ENGINE = Memory
CREATE OR REPLACE TABLE own.§file§ (a Int32, s String DEFAULT 'file') ENGINE = Memory
CREATE VIEW own.s3 (a Int32) AS SELECT a FROM own.url
INSERT INTO own.url (a, ENGINE, format) VALUES (1, 'x', 'y')
INSERT INTO own.url (a) SELECT a FROM remote
INSERT INTO TABLE own.§file§(a, s) FORMAT CSV 1,x
INSERT INTO remote (a) VALUES (1)
ALTER TABLE own.url ADD COLUMN s String
ALTER TABLE own.url UPDATE ENGINE = format WHERE a = 1
SELECT * FROM own.url WHERE ENGINE = format
SELECT name FROM system.tables WHERE engine = database OR engine = lower(name)
CREATE VIEW own.engines AS SELECT name FROM system.tables WHERE engine = name
SELECT format('{}', ENGINE), format('{} {}', format, s) FROM own.url
SELECT format('{}', 1), format('{}', 2)
SELECT format('{}', 1) x
SELECT format, a FROM own.url FORMAT JSON
SELECT * FROM format(JSONEachRow, 'default_value String, alias_of String', '{"alias_of":"1"}')
CREATE TABLE own.source (a Int32) ENGINE = Memory
CREATE TABLE own.disk (a Int32) ENGINE = Memory
CREATE TABLE own.format (a Int32) ENGINE = Memory
INSERT INTO own.format (a) VALUES (1)
CREATE TABLE outfile (a Int32) ENGINE = Memory
INSERT INTO outfile VALUES (1)
CREATE TABLE infile (a Int32) ENGINE = Memory
SELECT * FROM infile
INSERT INTO own.§file§ VALUES (1 + 1, 'it''s a file of a table'), (2 + 1, ' format select ')
CREATE DICTIONARY own.r (a UInt64) PRIMARY KEY a SOURCE(CLICKHOUSE(TABLE 'url' DB 'own')) LAYOUT(HASHED()) LIFETIME(0)
SYSTEM RELOAD DICTIONARY own.r
SYSTEM STOP MERGES own.a
SYSTEM START MERGES own.a
SYSTEM FLUSH LOGS
DROP DATABASE own
SELECT * FROM system.columns LIMIT 1
SET max_threads = 1
KILL QUERY WHERE query_id = 'x'
`
  .trim()
  .replaceAll('§', '`')
  .split('\n')
