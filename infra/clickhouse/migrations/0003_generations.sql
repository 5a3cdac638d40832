-- The tables can be rebuilt from the log beside those that are read, and then change places with them. Positions carry the generation
-- of the tables that their writer works for, and only those of the greatest count: a projector that has not noticed the change
-- remembers rows that it wrote to tables which are gone, so it must not say how far the new ones are folded.
ALTER TABLE {database}.folded_offsets
  ADD COLUMN IF NOT EXISTS generation UInt32 COMMENT 'Only rows of the greatest generation count',
  MODIFY ORDER BY (topic, partition, generation);

-- What replays are doing. The row of one at work is written anew every few seconds; while one is pausing, projectors hold.
CREATE TABLE IF NOT EXISTS {database}.replays (
  generation UInt32 COMMENT 'That it builds',
  owner String COMMENT 'The process at work: when it began, host and process id',
  state LowCardinality(String) COMMENT 'building, pausing, stopped, differs, swapped; finished, verified, cancelled end it',
  changed_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = ReplacingMergeTree(changed_at) ORDER BY (generation, owner);
