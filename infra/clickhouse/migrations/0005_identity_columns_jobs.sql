-- Aliases of assets, column lineage, and facts about jobs. A replay fills them for events that were folded before.

-- Two keys that identify the same asset. Not per moment: aliases known now hold for the past too.
CREATE TABLE IF NOT EXISTS {database}.asset_aliases (
  asset String,
  alias String,
  source LowCardinality(String) COMMENT 'declared, authority, table_symlink, symlink, renamed, case',
  aliased_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'When it was last said; 1970 when never',
  unaliased_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'When it was last denied; 1970 when never'
) ENGINE = AggregatingMergeTree ORDER BY (asset, alias, source)
SETTINGS index_granularity = 1024;

-- Aliases that were folded before this table existed.
INSERT INTO {database}.asset_aliases
SELECT asset, subject, 'declared', maxIf(occurred_at, value = 'true'), maxIf(occurred_at, value != 'true')
FROM {database}.asset_facts WHERE facet = 'alias' GROUP BY asset, subject;

INSERT INTO {database}.asset_aliases
SELECT JSONExtractString(value) AS renamed_to, asset, 'renamed', max(occurred_at), toDateTime64(0, 3, 'UTC')
FROM {database}.asset_facts WHERE facet = 'renamed' GROUP BY renamed_to, asset;

-- The column lineage of an output is stored once per distinct value, like an input set.
ALTER TABLE {database}.run_facts
  ADD COLUMN IF NOT EXISTS output_columns Array(UInt128) COMMENT 'Column set of each output, 0 where none is stated; empty when there is nothing to say';

CREATE TABLE IF NOT EXISTS {database}.column_sets (
  set_id UInt128,
  links Array(Tuple(column String, input String, input_column String, transformation String, kind String, masking Bool, description String)) COMMENT 'column is empty for the whole row'
) ENGINE = ReplacingMergeTree ORDER BY set_id
SETTINGS index_granularity = 256;

-- Which jobs make columns from columns of an asset, and in which column sets. Whether a link is current is in run_facts.
CREATE TABLE IF NOT EXISTS {database}.column_reads (
  asset String,
  job_namespace String,
  job_name String,
  set_id UInt128
) ENGINE = ReplacingMergeTree ORDER BY (asset, job_namespace, job_name, set_id)
SETTINGS index_granularity = 1024;

-- Facts about jobs outside their runs. Per (job, facet, subject) the latest by (occurred_at, fact_id) counts.
CREATE TABLE IF NOT EXISTS {database}.job_facts (
  job_namespace String,
  job_name String,
  facet LowCardinality(String) COMMENT 'type, description, owners, tags, metadata, lineage',
  subject String COMMENT 'For metadata: its name; else empty',
  occurred_at DateTime64(3, 'UTC'),
  fact_id UInt128,
  value SimpleAggregateFunction(max, String) COMMENT 'JSON; null removes',
  recorded_at SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree ORDER BY (job_namespace, job_name, facet, subject, occurred_at, fact_id)
SETTINGS index_granularity = 1024
