-- Runs and materializations are folded from the facts of events when they are read. All tables have new names, so that two
-- processes may apply this at once; the log is folded again from its beginning.
DROP TABLE IF EXISTS {database}.run_events;
DROP TABLE IF EXISTS {database}.runs;
DROP TABLE IF EXISTS {database}.materializations;
DROP TABLE IF EXISTS {database}.metrics;
DROP TABLE IF EXISTS {database}.edge_index;
DROP TABLE IF EXISTS {database}.assets;
DROP TABLE IF EXISTS {database}.positions;

-- One row per event about a run: what this event alone states. A run is the fold of its rows: GROUP BY job_namespace, job_name, run_id.
-- Of re-deliveries, the row recorded first stays.
CREATE TABLE IF NOT EXISTS {database}.run_facts (
  job_namespace String,
  job_name String,
  run_id String,
  fact_id UInt128,
  occurred_at DateTime64(3, 'UTC'),
  recorded_at DateTime64(3, 'UTC'),
  earliness UInt64 MATERIALIZED bitNot(toUInt64(toUnixTimestamp64Milli(recorded_at))),
  state Enum8('UNKNOWN' = 0, 'STARTED' = 1, 'RUNNING' = 2, 'SUCCEEDED' = 3, 'ABORTED' = 4, 'FAILED' = 5),
  producer LowCardinality(String),
  job_type LowCardinality(String),
  started_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the run started as far as this event tells',
  nominal_start Nullable(DateTime64(3, 'UTC')),
  nominal_end Nullable(DateTime64(3, 'UTC')),
  parent_job_namespace String,
  parent_job_name String,
  parent_run_id String,
  root_job_namespace String,
  root_job_name String,
  root_run_id String,
  done_by LowCardinality(String),
  error String,
  metadata String COMMENT 'JSON object; empty when there is none',
  input_set UInt128 COMMENT 'Set of the inputs this event names; 0 when it names none',
  outputs Array(String) COMMENT 'Assets it says the run wrote. The next three say something of each, or are empty when there is nothing to say',
  own_sets Array(UInt128) COMMENT 'Set of the inputs stated for this output, which win over those of the run; 1 when it is stated to have none, 0 when nothing is stated',
  output_metadata Array(String) COMMENT 'JSON object; empty when there is none',
  output_metrics Array(Map(String, Float64)),
  INDEX run run_id TYPE bloom_filter,
  INDEX parent parent_run_id TYPE bloom_filter,
  INDEX output outputs TYPE bloom_filter
) ENGINE = ReplacingMergeTree(earliness) ORDER BY (job_namespace, job_name, run_id, fact_id)
SETTINGS index_granularity = 1024;

-- Which jobs write an asset. What they did to it is in run_facts.
CREATE TABLE IF NOT EXISTS {database}.asset_writes (
  asset String,
  job_namespace String,
  job_name String
) ENGINE = ReplacingMergeTree ORDER BY (asset, job_namespace, job_name)
SETTINGS index_granularity = 1024;

-- Which jobs read an asset, and in which input sets. Whether an edge is current is in run_facts.
CREATE TABLE IF NOT EXISTS {database}.asset_reads (
  asset String,
  job_namespace String,
  job_name String,
  set_id UInt128
) ENGINE = ReplacingMergeTree ORDER BY (asset, job_namespace, job_name, set_id)
SETTINGS index_granularity = 1024;

-- Every asset that any event names. Most events name assets that were already seen on that day, and add no row.
CREATE TABLE IF NOT EXISTS {database}.asset_sightings (
  key String,
  search String MATERIALIZED lower(key),
  platform LowCardinality(String) MATERIALIZED substring(key, 1, position(key, '://') - 1),
  first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_seen SimpleAggregateFunction(max, Date32) COMMENT 'Day (UTC) of the last event that names it'
) ENGINE = AggregatingMergeTree ORDER BY key
SETTINGS index_granularity = 1024;

-- How far each partition is folded. Written after the rows of the batch, so that everything up to last_offset is in the tables.
CREATE TABLE IF NOT EXISTS {database}.folded_offsets (
  topic LowCardinality(String),
  partition UInt32,
  last_offset SimpleAggregateFunction(max, UInt64),
  recorded_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (topic, partition);
