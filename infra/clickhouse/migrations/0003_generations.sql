-- The tables can be rebuilt from the log beside the live ones, and then swapped with them. Positions carry the generation of the
-- tables that their projector writes to, and only those of the latest generation count: a projector that has not noticed a swap
-- remembers rows of tables that are gone, so its positions must not count for the new tables.
ALTER TABLE {database}.folded_offsets
  ADD COLUMN IF NOT EXISTS generation UInt32 COMMENT 'Only rows of the greatest generation count',
  MODIFY ORDER BY (topic, partition, generation);

-- The state of replays. A running replay renews its row every few seconds; while a replay is pausing, projectors wait.
CREATE TABLE IF NOT EXISTS {database}.replays (
  generation UInt32 COMMENT 'That it builds',
  owner String COMMENT 'The process at work: when it began, host and process id',
  state LowCardinality(String) COMMENT 'building, pausing, stopped, differs, swapped; finished, verified, cancelled end it',
  changed_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree(changed_at) ORDER BY (generation, owner);
