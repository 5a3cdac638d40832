-- Every row is a pure function of events in the log and is keyed by its content, so writing it again, later or from
-- another projector, changes nothing. Read ReplacingMergeTree with FINAL, AggregatingMergeTree with GROUP BY or FINAL.
-- recorded_at is the broker's append time, the earliest of all re-deliveries. fact_id is the hash of the event's content.

-- One row per event about a run: what this event alone states. Sorted so that all events of a run are adjacent.
CREATE TABLE IF NOT EXISTS {database}.run_events (
  run_id String,
  run_key UInt64 MATERIALIZED cityHash64(run_id),
  job_namespace String,
  job_name String,
  fact_id UInt128,
  event_id SimpleAggregateFunction(any, String),
  producer SimpleAggregateFunction(any, LowCardinality(String)),
  occurred_at SimpleAggregateFunction(any, DateTime64(3, 'UTC')),
  recorded_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  state SimpleAggregateFunction(any, Enum8('UNKNOWN' = 0, 'STARTED' = 1, 'RUNNING' = 2, 'SUCCEEDED' = 3, 'ABORTED' = 4, 'FAILED' = 5)),
  body SimpleAggregateFunction(any, String) COMMENT 'The event without what has columns or tables of its own, as JSON: job type, times, parent, root, by, error, metadata, outputs with their own inputs',
  input_set SimpleAggregateFunction(any, UInt128) COMMENT 'Set of the inputs this event names; 0 when it names none'
) ENGINE = AggregatingMergeTree ORDER BY (run_key, run_id, job_namespace, job_name, fact_id)
SETTINGS index_granularity = 2048;

-- Input sets are values: each distinct set of asset keys is stored once, under the hash of its sorted members.
CREATE TABLE IF NOT EXISTS {database}.input_sets (
  set_id UInt128,
  inputs Array(String)
) ENGINE = ReplacingMergeTree ORDER BY set_id
SETTINGS index_granularity = 1024;

-- One row per run: the join of its events. version counts the joined events, so the row that joins most replaces all others.
CREATE TABLE IF NOT EXISTS {database}.runs (
  job_namespace String,
  job_name String,
  run_id String,
  job_type LowCardinality(String),
  state Enum8('UNKNOWN' = 0, 'STARTED' = 1, 'RUNNING' = 2, 'SUCCEEDED' = 3, 'ABORTED' = 4, 'FAILED' = 5),
  started_at Nullable(DateTime64(3, 'UTC')),
  ended_at Nullable(DateTime64(3, 'UTC')),
  last_event_at DateTime64(3, 'UTC'),
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
  producer LowCardinality(String),
  metadata String COMMENT 'JSON object',
  input_sets Array(UInt128) COMMENT 'The inputs are the union of these sets',
  outputs Array(String),
  known_at DateTime64(3, 'UTC') COMMENT 'When the last of the joined events was recorded',
  version UInt64,
  INDEX parent parent_run_id TYPE bloom_filter
) ENGINE = ReplacingMergeTree(version) ORDER BY (job_namespace, job_name, run_id)
SETTINGS index_granularity = 1024;

-- One row per run and asset that it wrote. The latest SUCCEEDED row of an asset and job determines the current edges.
CREATE TABLE IF NOT EXISTS {database}.materializations (
  asset String,
  job_namespace String,
  job_name String,
  run_id String,
  state Enum8('UNKNOWN' = 0, 'STARTED' = 1, 'RUNNING' = 2, 'SUCCEEDED' = 3, 'ABORTED' = 4, 'FAILED' = 5),
  started_at Nullable(DateTime64(3, 'UTC')),
  ended_at Nullable(DateTime64(3, 'UTC')),
  last_event_at DateTime64(3, 'UTC'),
  nominal_end Nullable(DateTime64(3, 'UTC')),
  done_by LowCardinality(String),
  error String,
  metadata String COMMENT 'JSON object',
  explicit Bool COMMENT 'True when the inputs were stated for this output, not for the run as a whole',
  input_sets Array(UInt128) COMMENT 'The inputs are the union of these sets',
  known_at DateTime64(3, 'UTC') COMMENT 'When the last of the joined events was recorded',
  version UInt64
) ENGINE = ReplacingMergeTree(version) ORDER BY (asset, job_namespace, job_name, run_id)
SETTINGS index_granularity = 1024;

-- Candidates for downstreams: pairs that a run of the job may have linked. Whether the edge exists is in materializations.
CREATE TABLE IF NOT EXISTS {database}.edge_index (
  upstream String,
  downstream String,
  job_namespace String,
  job_name String
) ENGINE = ReplacingMergeTree ORDER BY (upstream, downstream, job_namespace, job_name)
SETTINGS index_granularity = 1024;

-- Every asset that any event names.
CREATE TABLE IF NOT EXISTS {database}.assets (
  key String,
  search String MATERIALIZED lower(key),
  platform LowCardinality(String) MATERIALIZED substring(key, 1, position(key, '://') - 1),
  first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_seen SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY key
SETTINGS index_granularity = 1024;

-- Facts about assets. Per (asset, facet, subject) the latest by (occurred_at, fact_id) counts.
CREATE TABLE IF NOT EXISTS {database}.asset_facts (
  asset String,
  facet LowCardinality(String) COMMENT 'properties, owners, tags, schema, policy, alias, renamed, dropped',
  subject String COMMENT 'For alias: the other key; else empty',
  occurred_at DateTime64(3, 'UTC'),
  fact_id UInt128,
  value SimpleAggregateFunction(max, String) COMMENT 'JSON; null removes. An event that says two things of one asset counts with the greater text',
  recorded_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (asset, facet, subject, occurred_at, fact_id)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.metrics (
  asset String,
  metric String,
  occurred_at DateTime64(3, 'UTC'),
  job_namespace String,
  job_name String,
  run_id String,
  fact_id UInt128,
  value SimpleAggregateFunction(max, Float64),
  recorded_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (asset, metric, occurred_at, job_namespace, job_name, run_id, fact_id)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS {database}.checks (
  asset String,
  name String,
  column String,
  occurred_at DateTime64(3, 'UTC'),
  fact_id UInt128,
  ordinal UInt64 COMMENT 'Place among the checks of one event',
  job_namespace SimpleAggregateFunction(any, String),
  job_name SimpleAggregateFunction(any, String),
  run_id SimpleAggregateFunction(any, String),
  severity SimpleAggregateFunction(any, Enum8('ERROR' = 0, 'WARN' = 1)),
  status SimpleAggregateFunction(any, Enum8('UNKNOWN' = 0, 'PASS' = 1, 'WARN' = 2, 'FAIL' = 3, 'ERROR' = 4, 'SKIPPED' = 5)),
  expected SimpleAggregateFunction(any, String),
  actual SimpleAggregateFunction(any, String),
  message SimpleAggregateFunction(any, String),
  recorded_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (asset, name, column, occurred_at, fact_id, ordinal)
SETTINGS index_granularity = 1024;

-- How far each partition is folded. Written after the rows of the batch, so that everything up to last_offset is in the tables.
CREATE TABLE IF NOT EXISTS {database}.positions (
  topic LowCardinality(String),
  partition UInt32,
  last_offset SimpleAggregateFunction(max, UInt64),
  recorded_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (topic, partition);

-- When a projector last read the end of a partition, and where that was. Not folded from the log: for lag only.
CREATE TABLE IF NOT EXISTS {database}.heartbeats (
  topic LowCardinality(String),
  partition UInt32,
  log_end_offset UInt64,
  next_offset UInt64,
  observed_at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(observed_at) ORDER BY (topic, partition)
