-- When records were read whose own time cannot be right: a topic with times of producers, and clocks that are wrong. Kept so that a replay
-- gives such records the same recorded_at. Of overlapping rows the earliest counts.
CREATE TABLE IF NOT EXISTS {database}.read_times (
  topic LowCardinality(String),
  log_id String,
  partition UInt32,
  first_offset UInt64,
  last_offset UInt64,
  read_at DateTime64(3, 'UTC')
) ENGINE = MergeTree ORDER BY (topic, log_id, partition, last_offset)
SETTINGS index_granularity = 1024;
