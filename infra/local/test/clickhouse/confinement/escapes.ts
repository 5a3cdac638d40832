/**
 * Statements that would leave the folder of ClickHouse, one a line. `$S` is a file with a secret, `$W` a folder to write to, `$O` the
 * folder of both, `$P` a port that counts connections, § a backtick.
 */
export const escapes: readonly string[] = String.raw`
SELECT file('$S')
SELECT FILE('$S')
SELECT §file§('$S')
SELECT "file"('$S')
SELECT file /* x */ ('$S')
SELECT §\x66ile§('$S')
SELECT * APPLY(file) FROM (SELECT '$S')
SELECT * APPLY file FROM (SELECT '$S')
SELECT arrayMap(x -> file(x), ['$S'])
WITH file('$S') AS x SELECT x
EXPLAIN SELECT file('$S')
SELECT * FROM file('$S', LineAsString)
SELECT * FROM '$S'
SELECT * FROM §$S§
SELECT * FROM default.§$S§
SELECT * FROM fileCluster('default', '$S', LineAsString)
SELECT content FROM filesystem('$O')
DESCRIBE file('$S', LineAsString)
CREATE VIEW v1 AS SELECT * FROM file('$S', LineAsString)
CREATE VIEW v2 DEFINER = default SQL SECURITY NONE AS SELECT * FROM file('$S', LineAsString)
CREATE TABLE c1 (a String DEFAULT file('$S')) ENGINE = Memory
ALTER TABLE t ADD COLUMN f String DEFAULT file('$S')
CREATE FUNCTION f AS (x) -> file(x)
CREATE FUNCTION g AS (x) -> x
CREATE TABLE c2 AS file('$S', LineAsString)
SELECT * FROM eval('SELECT 1') SETTINGS allow_experimental_eval_table_function = 1
SELECT * FROM executable('run.sh', LineAsString, 'a String')
SELECT * FROM executable('$O/run.sh', LineAsString, 'a String')
SELECT * FROM sqlite('$W/s.db', 't')
SELECT * FROM icebergLocal('$O')
SELECT * FROM deltaLakeLocal('$O')
SELECT * FROM url('http://127.0.0.1:$P/', CSV, 'a String')
SELECT * FROM s3('http://127.0.0.1:$P/bucket/k', CSV, 'a String')
SELECT * FROM remote('127.0.0.1:$P', 'system', 'one')
SELECT * FROM mysql('127.0.0.1:$P', 'd', 't', 'u', 'p')
SELECT * FROM postgresql('127.0.0.1:$P', 'd', 't', 'u', 'p')
SELECT * FROM mongodb('127.0.0.1:$P', 'd', 't', 'u', 'p', 'a String')
SELECT * FROM redis('127.0.0.1:$P', 'k', 'k String, v String')
SELECT * FROM hdfs('hdfs://127.0.0.1:$P/f', 'CSV', 'a String')
SELECT * FROM arrowFlight('127.0.0.1:$P', 'x')
DESCRIBE TABLE url('http://127.0.0.1:$P/')
INSERT INTO FUNCTION file('$W/a.csv', 'CSV', 'x UInt8') SELECT 1
INSERT INTO TABLE FUNCTION file('$W/b.csv', CSV, 'x UInt8') VALUES (1)
SELECT 1 INTO OUTFILE '$W/c'
SELECT 1 INTO/**/OUTFILE '$W/d' FORMAT CSV
INSERT INTO t FROM INFILE '$S' FORMAT CSV
INSERT INTO FUNCTION url('http://127.0.0.1:$P/', CSV, 'x UInt8') SELECT 1
BACKUP TABLE t TO File('$W/e')
BACKUP TABLE t TO Disk('default', '$W/f')
RESTORE TABLE t AS t2 FROM File('$O')
CREATE TABLE e1 (a String) ENGINE = File(LineAsString, '$S')
CREATE TABLE e2 (a String) ENGINE = §File§(CSV)
CREATE TABLE e3 (a String) ENGINE = URL('http://127.0.0.1:$P/', CSV)
CREATE TABLE e4 (a String) ENGINE = FileLog('$O', 'LineAsString')
CREATE TABLE e5 (a String) ENGINE = EmbeddedRocksDB(0, '$W/rk') PRIMARY KEY a
CREATE TABLE e6 (a String) ENGINE = Executable('run.sh', 'CSV')
CREATE TEMPORARY TABLE e7 (a String) ENGINE = File(CSV, '$W/t.csv')
CREATE TABLE e8 (query String) ENGINE = QueryRunner
CREATE DATABASE d1 ENGINE = Filesystem('$O')
CREATE DATABASE d2 ENGINE = SQLite('$W/s.db')
CREATE DATABASE d3 ENGINE = Overlay
CREATE DATABASE d4 ENGINE = MySQL('127.0.0.1:$P', 'd', 'u', 'p')
CREATE DATABASE d5 ENGINE = S3('http://127.0.0.1:$P/b', 'a', 'b')
ATTACH TABLE a1 FROM '$W/' (a Int32) ENGINE = MergeTree ORDER BY a
CREATE TABLE k1 (a Int32) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = local, path = '$W/k1/')
CREATE TABLE k2 (a Int32) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = 'local_blob_storage', path = '$W/k2/')
CREATE TABLE k3 (a Int32) ENGINE = MergeTree ORDER BY a SETTINGS disk = disk(type = web, endpoint = 'http://127.0.0.1:$P/')
ALTER TABLE t MODIFY SETTING disk = disk(type = 'local_blob_storage', path = '$W/k4/')
CREATE DATABASE k5 ENGINE = Atomic SETTINGS disk = disk(type = local, path = '$W/k5/')
SELECT 1 PARALLEL WITH CREATE TABLE p (a String) ENGINE = File(CSV)
CREATE DICTIONARY y0 (a String) PRIMARY KEY a SOURCE(file(path '$S' format 'LineAsString')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y1 (a String) PRIMARY KEY a SOURCE(executable(command 'touch $W/x' format 'CSV')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y2 (a String) PRIMARY KEY a SOURCE(http(url 'http://127.0.0.1:$P/' format 'CSV')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y3 (a String) PRIMARY KEY a SOURCE(clickhouse(host '127.0.0.1' port $P db 'd' table 't')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y4 (a String) PRIMARY KEY a SOURCE(mysql(host '127.0.0.1' port $P db 'd' table 't')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y5 (a String) PRIMARY KEY a SOURCE(clickhouse(query 'SELECT file(\'$S\') AS a')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y6 (a String) PRIMARY KEY a SOURCE(clickhouse(table 't' where 'file(\'$S\') = 1')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y7 (a String) PRIMARY KEY a SOURCE(redis(host '127.0.0.1' port $P)) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y8 (a String) PRIMARY KEY a SOURCE(clickhouse(table 't' invalidate_query 'SELECT file(\'$S\')')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y9 (a String) PRIMARY KEY a SOURCE(clickhouse(name x)) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY y10 (a String) PRIMARY KEY a SOURCE(ytsaurus(http_proxy_urls 'http://127.0.0.1:$P')) LAYOUT(complex_key_hashed()) LIFETIME(0)
CREATE DICTIONARY z1 (a String, b String) PRIMARY KEY a SOURCE(null()) LAYOUT(complex_key_ssd_cache(path '$W/ssd')) LIFETIME(1)
CREATE DICTIONARY z2 (a UInt64 EXPRESSION file('$S')) PRIMARY KEY a SOURCE(null()) LAYOUT(flat()) LIFETIME(1)
SET format_schema = '$S'
SET format_template_resultset = '$S'
SET dialect = 'prql'
SET merge_tree_disk = 'x'
SELECT 1 SETTINGS input_format_values_interpret_expressions = 1
SELECT 1 FORMAT Template SETTINGS format_template_resultset = '$S'
CREATE USER u
CREATE ROLE r
GRANT ALL ON *.* TO default
ALTER USER default SETTINGS readonly = 0
CREATE NAMED COLLECTION n AS a = 1
SYSTEM SHUTDOWN
SYSTEM RELOAD CONFIG
SELECT 1; SELECT 2
SELECT * FROM format(JSONEachRow, 'a String, b String DEFAULT file(''$S'')', '{"a":"1"}')
SELECT * FROM format(JSONEachRow, concat('a String, b String DEF', 'AULT fi', 'le(''$S'')'), '{"a":"1"}')
SELECT * FROM format(concat('JSON', 'EachRow'), 'a String, b String DEFAULT file(''$S'')', '{"a":"1"}')
CREATE VIEW v3 AS SELECT * FROM format(JSONEachRow, 'a String, b String DEFAULT file(''$S'')', '{"a":"1"}')
INSERT INTO t (s) SELECT b FROM input('a String, b String DEFAULT file(''$S'')') FORMAT JSONEachRow {"a":"1"}
SELECT * FROM t SETTINGS additional_table_filters = {'t': 'toUInt8(file(''$S'')) = 1'}
SELECT 1 AS x SETTINGS additional_result_filter = 'toUInt8(file(''$S'')) = 1'
SELECT * FROM t SETTINGS parallel_replicas_custom_key = 'toUInt8(file(''$S''))'
SELECT 1 SETTINGS implicit_table_at_top_level = '$S'
CREATE TABLE p1 (a Int32) ENGINE = Memory PARALLEL WITH ATTACH TABLE p2 FROM '$W/' (a Int32) ENGINE = MergeTree ORDER BY a
CREATE DICTIONARY w1 (a UInt64, s String) PRIMARY KEY a SOURCE(clickhouse(table table where 's = file(''$S'')')) LAYOUT(flat()) LIFETIME(0)
CREATE DICTIONARY w2 (a UInt64, s String) PRIMARY KEY a SOURCE(clickhouse(db table query 'SELECT 1 AS a, file(''$S'') AS s')) LAYOUT(flat()) LIFETIME(0)
CREATE DICTIONARY w3 (a UInt64, s String) PRIMARY KEY a SOURCE(clickhouse(table db host '127.0.0.1' db db port '$P')) LAYOUT(flat()) LIFETIME(0)
INSERT INTO FUNCTION url('http://127.0.0.1:$P/', CSV, 'x UInt8') (x) VALUES (1)
INSERT INTO TABLE FUNCTION remote('127.0.0.1:$P', d, t) (a) SELECT 1
CREATE TABLE §if§ AS url('http://127.0.0.1:$P/', CSV, 'a String')
CREATE TABLE §exists§ ENGINE = File(LineAsString, '$S')
CREATE TABLE §not§ (a String) engine File(LineAsString, '$S')
CREATE TABLE url AS url('http://127.0.0.1:$P/', CSV, 'a String')
CREATE TABLE file (a String DEFAULT file('$S')) ENGINE = Memory
CREATE VIEW file (a String) AS SELECT file('$S') AS a
CREATE TABLE u1 (a String, INDEX INDEX file('$S') TYPE minmax) ENGINE = MergeTree ORDER BY a
CREATE OR REPLACE TABLE u2 (ENGINE String) engine = §File§(LineAsString, '$S')
CREATE MATERIALIZED VIEW u3 ENGINE = File(CSV, '$W/u') AS SELECT 1 AS a
CREATE DICTIONARY source (a String) PRIMARY KEY a SOURCE(file(path '$S' format 'LineAsString')) LAYOUT(complex_key_hashed()) LIFETIME(0)
ALTER TABLE file ADD COLUMN f String DEFAULT file('$S')
EXPLAIN AST CREATE TABLE url (a String) ENGINE = File(CSV)
SELECT format('{}', file('$S')), format('{}', 1)
SELECT format('{}', 1) INTO OUTFILE '$W/g'
SELECT 1 AS outfile INTO OUTFILE '$W/h' TRUNCATE
INSERT INTO t (a) FROM INFILE '$S' COMPRESSION 'none' FORMAT CSV
SELECT * FROM format(JSONEachRow, 'a String, b String\tDEFAULT\tfile(''$S'')', '{"a":"1"}')
SELECT * FROM format(JSONEachRow, 'a String, b String/**/DEFAULT/**/file(''$S'')', '{"a":"1"}')
SELECT * FROM format(JSONEachRow, 'a String, b Array(String)DEFAULT[file(''$S'')]', '{"a":"1"}')
SELECT * FROM format(JSONEachRow, 'a String, §b§String§DEFAULT§ file(''$S'')', '{"a":"1"}')
`
  .trim()
  .replaceAll('§', '`')
  .split('\n')
