-- History before a horizon may expire: of runs that no answer at or after the horizon shows individually, only sums are kept.

-- Published horizons; readers use the latest. These are decisions, not folded from the log. Applied in order to the facts recorded
-- by known_until, they give the tables below.
CREATE TABLE IF NOT EXISTS {database}.horizons (
  horizon DateTime64(3, 'UTC'),
  known_until DateTime64(3, 'UTC'),
  published_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree ORDER BY horizon;

-- Sums of expired runs. The rows of a horizon include the sums of all earlier horizons.
CREATE TABLE IF NOT EXISTS {database}.expired_runs (
  horizon DateTime64(3, 'UTC'),
  asset String COMMENT 'What they wrote; empty for the runs of a job, whatever they wrote',
  job_namespace String,
  job_name String,
  state Enum8('UNKNOWN' = 0, 'STARTED' = 1, 'RUNNING' = 2, 'SUCCEEDED' = 3, 'ABORTED' = 4, 'FAILED' = 5),
  explicit Bool,
  input_sets Array(UInt128),
  runs UInt64,
  first_ended Nullable(DateTime64(3, 'UTC')),
  last_ended Nullable(DateTime64(3, 'UTC')),
  last_run_id String COMMENT 'The latest, by when it ended and its id'
) ENGINE = ReplacingMergeTree ORDER BY (asset, job_namespace, job_name, horizon, state, explicit, input_sets)
SETTINGS index_granularity = 1024;

-- When assets were named by events that have expired.
CREATE TABLE IF NOT EXISTS {database}.expired_sightings (
  horizon DateTime64(3, 'UTC'),
  asset String,
  first_seen DateTime64(3, 'UTC'),
  last_seen DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree ORDER BY (asset, horizon)
SETTINGS index_granularity = 1024;

-- Rows of run_facts that are expiring: their runs are summed up, and they are deleted next. Empty at other times.
CREATE TABLE IF NOT EXISTS {database}.expiring_facts (
  horizon DateTime64(3, 'UTC'),
  job_namespace String,
  job_name String,
  run_id String,
  fact_id UInt128
) ENGINE = ReplacingMergeTree ORDER BY (job_namespace, job_name, run_id, fact_id, horizon);

-- Old runs that answers at or after the horizon show individually. Empty except while an expiry selects them.
CREATE TABLE IF NOT EXISTS {database}.retained_runs (
  horizon DateTime64(3, 'UTC'),
  job_namespace String,
  job_name String,
  run_id String
) ENGINE = ReplacingMergeTree ORDER BY (job_namespace, job_name, run_id, horizon)
