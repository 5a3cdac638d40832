-- Which log the positions belong to: a topic that is deleted and created again is another log, whose offsets say nothing about these tables.
-- A row that is not folded only names the log of its generation. The last record is its offset and the checksum of its value, 64 bits each.
ALTER TABLE {database}.folded_offsets
  ADD COLUMN IF NOT EXISTS log_id SimpleAggregateFunction(max, String) COMMENT 'Topic id in Kafka; empty when unknown',
  ADD COLUMN IF NOT EXISTS last_record SimpleAggregateFunction(max, UInt128) COMMENT 'Offset, then checksum; 0 when unknown',
  ADD COLUMN IF NOT EXISTS is_folded SimpleAggregateFunction(max, UInt8) DEFAULT 1;

-- Records that were deleted from the log before they were folded.
CREATE TABLE IF NOT EXISTS {database}.log_gaps (
  topic LowCardinality(String),
  log_id String,
  partition UInt32,
  first_offset UInt64,
  last_offset SimpleAggregateFunction(max, UInt64),
  noticed_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (topic, log_id, partition, first_offset);
