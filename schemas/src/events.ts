// Generated from schemas/avro by `npm run generate`; do not edit.

/** The thing that runs repeatedly. */
export type Job = {
  /** Where the name is unique: a team, a scheduler, a project. */
  readonly namespace: string
  /** The job's name within its namespace. */
  readonly name: string
  /** What kind of job it is, e.g. task, model, spark-action, agent. */
  readonly type: string | null
}

/** State of a run. SUCCEEDED, FAILED and ABORTED end it; contradictory ends join by rank FAILED > ABORTED > SUCCEEDED. UNKNOWN reports no state. */
export type RunState = 'UNKNOWN' | 'STARTED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED'

/** Another run, by its identity. */
export type RunReference = {
  /** Namespace of the other run's job. */
  readonly jobNamespace: string
  /** Name of the other run's job. */
  readonly jobName: string
  /** The other run's id. */
  readonly runId: string
}

/** What people say of an asset. Given whole: it replaces what was given earlier. */
export type AssetProperties = {
  /** Name for people. */
  readonly name: string | null
  /** Description, Markdown. */
  readonly description: string | null
  /** Where a person can open the asset. */
  readonly url: string | null
  /** Owners: people or teams. */
  readonly owners: readonly string[] | null
}

/** An asset that the run read. */
export type InputAsset = {
  /** Asset key. */
  readonly key: string
  /** Asset properties, where the run states them. */
  readonly properties: AssetProperties | null
}

/** A column of an asset. */
export type Column = {
  /** Column name; nested fields with dots. */
  readonly name: string
  /** The platform's type name. */
  readonly type: string | null
  /** Description of the column. */
  readonly description: string | null
}

/** A column that another is made of. */
export type ColumnInput = {
  /** Asset key. */
  readonly key: string
  /** Column name. */
  readonly column: string
  /** How, e.g. IDENTITY, AGGREGATION, FILTER. */
  readonly transformation: string | null
  /** DIRECT when the value is made of it, INDIRECT when it only decides on rows (filters, joins, sorting). */
  readonly kind: string | null
  /** True when the value is masked on the way, e.g. hashed. */
  readonly masking: boolean | null
  /** How, as a person or program wrote it, e.g. an expression. */
  readonly description: string | null
}

/** Which columns one output column is made of. */
export type ColumnLineage = {
  /** Column of this output; empty for the whole row (filters, joins). */
  readonly column: string
  /** The columns it is made of. */
  readonly inputs: readonly ColumnInput[]
}

/** How bad a failure is. */
export type CheckSeverity = 'ERROR' | 'WARN'

/** What the check found. ERROR: the check itself could not run. */
export type CheckStatus = 'UNKNOWN' | 'PASS' | 'WARN' | 'FAIL' | 'ERROR' | 'SKIPPED'

/** Result of one data-quality check. */
export type CheckResult = {
  /** Name of the check, stable over runs. */
  readonly name: string
  /** Column it looks at; null for the whole asset. */
  readonly column: string | null
  /** How bad a failure is. */
  readonly severity: CheckSeverity
  /** What the check found. */
  readonly status: CheckStatus
  /** What was expected. */
  readonly expected: string | null
  /** What was found. */
  readonly actual: string | null
  /** A sentence for people. */
  readonly message: string | null
}

/** An asset that the run wrote. */
export type OutputAsset = {
  /** Asset key. */
  readonly key: string
  /** Asset keys that this output is made from. If given, they replace the run's inputs for this output; empty: it has no upstream. */
  readonly inputs: readonly string[] | null
  /** Asset properties, where the run states them. */
  readonly properties: AssetProperties | null
  /** Facts about this materialization; each value is a JSON text. */
  readonly metadata: Readonly<Record<string, string>>
  /** Numbers about this materialization, e.g. rows, bytes. */
  readonly metrics: Readonly<Record<string, number>>
  /** Columns, in order. */
  readonly schema: readonly Column[] | null
  /** Column lineage of this output. */
  readonly columnLineage: readonly ColumnLineage[]
  /** Results of checks made in the run. */
  readonly checks: readonly CheckResult[]
}

/** One run of one job: its state, what it read and what it wrote. Message key: the run id. Events of a run accumulate: its inputs and outputs are the union over its events, in whatever order they arrive. */
export type MaterializationEvent = {
  /** UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content. */
  readonly eventId: string
  /** When it happened, by the producer's clock (event time). For a state that ends the run: when the run ended. */
  readonly occurredAt: number
  /** Which code made the event, with its version, e.g. headwater-producer/0.1.0. */
  readonly producer: string
  /** The run. Several jobs may share one run id; identity is the pair (job, run id). */
  readonly runId: string
  /** The job that ran. */
  readonly job: Job
  /** The state of the run that this event reports. */
  readonly state: RunState
  /** When the run started, where this event knows. */
  readonly startedAt: number | null
  /** Start of the data interval the run is for. */
  readonly nominalStart: number | null
  /** End of the data interval the run is for; a backfill of an older interval makes nothing fresh. */
  readonly nominalEnd: number | null
  /** The run that started this one. */
  readonly parent: RunReference | null
  /** The outermost run this one belongs to. */
  readonly root: RunReference | null
  /** The tool that did the work, e.g. dbt, spark, clickhouse. */
  readonly by: string | null
  /** Why the run failed, for a person to read. */
  readonly error: string | null
  /** Assets the run read. */
  readonly inputs: readonly InputAsset[]
  /** Assets the run wrote. */
  readonly outputs: readonly OutputAsset[]
  /** Facts about the run; each value is a JSON text. */
  readonly metadata: Readonly<Record<string, string>>
}

/** What the event reports. UNKNOWN reports nothing. STATED: each of description, owners, tags, schema, metadata and metrics that is given. */
export type AssetChange = 'UNKNOWN' | 'DESCRIBED' | 'OWNED' | 'TAGGED' | 'ALIASED' | 'UNALIASED' | 'RENAMED' | 'DROPPED' | 'POLICY_SET' | 'STATED'

/** Kind of policy. */
export type FreshnessKind = 'NONE' | 'MAX_AGE' | 'CRON' | 'UPSTREAM' | 'STREAMING' | 'LEARNED'

/** How old the last success may be. */
export type FreshnessPolicy = {
  /** Kind of policy. */
  readonly kind: FreshnessKind
  /** Late from this age on, in milliseconds. */
  readonly warnAfterMs: number | null
  /** Stale from this age on, in milliseconds. */
  readonly errorAfterMs: number | null
  /** With CRON: when a success is due, five fields. */
  readonly cron: string | null
  /** With CRON: IANA time zone of the expression; UTC when null. */
  readonly timeZone: string | null
  /** How long after it is due it may still come, in milliseconds. */
  readonly graceMs: number | null
}

/** Who declares or reports that two keys identify the same asset. DECLARED: a person or configuration; has precedence. AUTHORITY: as DECLARED, for key prefixes: every key under the alias resolves to the key under this one. TABLE_SYMLINK, SYMLINK: a tool that uses both keys. */
export type AliasSource = 'DECLARED' | 'AUTHORITY' | 'TABLE_SYMLINK' | 'SYMLINK'

/** A fact about an asset outside a run. Message key: the asset key. One change per event. */
export type AssetEvent = {
  /** UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content. */
  readonly eventId: string
  /** When it happened, by the producer's clock (event time). */
  readonly occurredAt: number
  /** Which code made the event, with its version. */
  readonly producer: string
  /** Asset key. */
  readonly key: string
  /** What the event reports. */
  readonly change: AssetChange
  /** With DESCRIBED: the properties, whole. */
  readonly properties: AssetProperties | null
  /** With OWNED, or STATED: the owners, whole. */
  readonly owners: readonly string[] | null
  /** With TAGGED, or STATED: the tags, whole. */
  readonly tags: readonly string[] | null
  /** With ALIASED and UNALIASED: the other asset key that identifies this asset. */
  readonly alias: string | null
  /** With RENAMED: the new asset key. */
  readonly renamedTo: string | null
  /** With POLICY_SET: the policy; null removes it. */
  readonly policy: FreshnessPolicy | null
  /** With STATED: description, Markdown. */
  readonly description: string | null
  /** With STATED: the columns, whole, in order. */
  readonly schema: readonly Column[] | null
  /** With STATED: facts about the asset by name; each value is a JSON text and replaces the earlier one of its name. */
  readonly metadata: Readonly<Record<string, string>>
  /** With STATED: numbers about the asset that no run which wrote it has measured. */
  readonly metrics: Readonly<Record<string, number>>
  /** With STATED: what no longer holds: description, owners, tags, schema, or metadata:<name>. */
  readonly removed: readonly string[]
  /** With ALIASED and UNALIASED: who declares or reports the alias. */
  readonly aliasSource: AliasSource
}

/** A data-quality result from outside the run that wrote the asset. Message key: the asset key. */
export type CheckEvent = {
  /** UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content. */
  readonly eventId: string
  /** When it happened, by the producer's clock (event time). */
  readonly occurredAt: number
  /** Which code made the event, with its version. */
  readonly producer: string
  /** Asset key. */
  readonly key: string
  /** The run that made the check, where there was one. */
  readonly runId: string | null
  /** The result. */
  readonly check: CheckResult
  /** Namespace of the job whose run made the check, where there was one. */
  readonly jobNamespace: string | null
  /** Name of that job. */
  readonly jobName: string | null
}

/** The declared inputs of an asset that the job writes. Holds until a successful run of the job writes the asset. */
export type DeclaredLineage = {
  /** Asset key. */
  readonly output: string
  /** Asset keys, whole. */
  readonly inputs: readonly string[]
}

/** A fact about a job outside its runs, lineage that it declares included. Message key: namespace, a slash, and name. A field that is not given keeps its value. */
export type JobEvent = {
  /** UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content. */
  readonly eventId: string
  /** When it happened, by the producer's clock (event time). */
  readonly occurredAt: number
  /** Which code made the event, with its version. */
  readonly producer: string
  /** The job. */
  readonly job: Job
  /** Description, Markdown. */
  readonly description: string | null
  /** Owners, whole: people or teams. */
  readonly owners: readonly string[] | null
  /** Tags, whole. */
  readonly tags: readonly string[] | null
  /** Facts about the job by name; each value is a JSON text and replaces the earlier one of its name. */
  readonly metadata: Readonly<Record<string, string>>
  /** What no longer holds: description, owners, tags, or metadata:<name>. */
  readonly removed: readonly string[]
  /** Declared lineage, whole: replaces what the job declared earlier. */
  readonly lineage: readonly DeclaredLineage[] | null
}

export const materializationEventSchema = '{"type":"record","name":"MaterializationEvent","namespace":"headwater","doc":"One run of one job: its state, what it read and what it wrote. Message key: the run id. Events of a run accumulate: its inputs and outputs are the union over its events, in whatever order they arrive.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened, by the producer\'s clock (event time). For a state that ends the run: when the run ended."},{"name":"producer","type":"string","doc":"Which code made the event, with its version, e.g. headwater-producer/0.1.0."},{"name":"runId","type":"string","doc":"The run. Several jobs may share one run id; identity is the pair (job, run id)."},{"name":"job","type":{"type":"record","name":"Job","doc":"The thing that runs repeatedly.","fields":[{"name":"namespace","type":"string","doc":"Where the name is unique: a team, a scheduler, a project."},{"name":"name","type":"string","doc":"The job\'s name within its namespace."},{"name":"type","type":["null","string"],"default":null,"doc":"What kind of job it is, e.g. task, model, spark-action, agent."}]},"doc":"The job that ran."},{"name":"state","type":{"type":"enum","name":"RunState","doc":"State of a run. SUCCEEDED, FAILED and ABORTED end it; contradictory ends join by rank FAILED > ABORTED > SUCCEEDED. UNKNOWN reports no state.","symbols":["UNKNOWN","STARTED","RUNNING","SUCCEEDED","FAILED","ABORTED"],"default":"UNKNOWN"},"default":"UNKNOWN","doc":"The state of the run that this event reports."},{"name":"startedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"When the run started, where this event knows."},{"name":"nominalStart","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"Start of the data interval the run is for."},{"name":"nominalEnd","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"default":null,"doc":"End of the data interval the run is for; a backfill of an older interval makes nothing fresh."},{"name":"parent","type":["null",{"type":"record","name":"RunReference","doc":"Another run, by its identity.","fields":[{"name":"jobNamespace","type":"string","doc":"Namespace of the other run\'s job."},{"name":"jobName","type":"string","doc":"Name of the other run\'s job."},{"name":"runId","type":"string","doc":"The other run\'s id."}]}],"default":null,"doc":"The run that started this one."},{"name":"root","type":["null","RunReference"],"default":null,"doc":"The outermost run this one belongs to."},{"name":"by","type":["null","string"],"default":null,"doc":"The tool that did the work, e.g. dbt, spark, clickhouse."},{"name":"error","type":["null","string"],"default":null,"doc":"Why the run failed, for a person to read."},{"name":"inputs","type":{"type":"array","items":{"type":"record","name":"InputAsset","doc":"An asset that the run read.","fields":[{"name":"key","type":"string","doc":"Asset key."},{"name":"properties","type":["null",{"type":"record","name":"AssetProperties","doc":"What people say of an asset. Given whole: it replaces what was given earlier.","fields":[{"name":"name","type":["null","string"],"default":null,"doc":"Name for people."},{"name":"description","type":["null","string"],"default":null,"doc":"Description, Markdown."},{"name":"url","type":["null","string"],"default":null,"doc":"Where a person can open the asset."},{"name":"owners","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"Owners: people or teams."}]}],"default":null,"doc":"Asset properties, where the run states them."}]}},"default":[],"doc":"Assets the run read."},{"name":"outputs","type":{"type":"array","items":{"type":"record","name":"OutputAsset","doc":"An asset that the run wrote.","fields":[{"name":"key","type":"string","doc":"Asset key."},{"name":"inputs","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"Asset keys that this output is made from. If given, they replace the run\'s inputs for this output; empty: it has no upstream."},{"name":"properties","type":["null","AssetProperties"],"default":null,"doc":"Asset properties, where the run states them."},{"name":"metadata","type":{"type":"map","values":"string"},"default":{},"doc":"Facts about this materialization; each value is a JSON text."},{"name":"metrics","type":{"type":"map","values":"double"},"default":{},"doc":"Numbers about this materialization, e.g. rows, bytes."},{"name":"schema","type":["null",{"type":"array","items":{"type":"record","name":"Column","doc":"A column of an asset.","fields":[{"name":"name","type":"string","doc":"Column name; nested fields with dots."},{"name":"type","type":["null","string"],"default":null,"doc":"The platform\'s type name."},{"name":"description","type":["null","string"],"default":null,"doc":"Description of the column."}]}}],"default":null,"doc":"Columns, in order."},{"name":"columnLineage","type":{"type":"array","items":{"type":"record","name":"ColumnLineage","doc":"Which columns one output column is made of.","fields":[{"name":"column","type":"string","doc":"Column of this output; empty for the whole row (filters, joins)."},{"name":"inputs","type":{"type":"array","items":{"type":"record","name":"ColumnInput","doc":"A column that another is made of.","fields":[{"name":"key","type":"string","doc":"Asset key."},{"name":"column","type":"string","doc":"Column name."},{"name":"transformation","type":["null","string"],"default":null,"doc":"How, e.g. IDENTITY, AGGREGATION, FILTER."},{"name":"kind","type":["null","string"],"default":null,"doc":"DIRECT when the value is made of it, INDIRECT when it only decides on rows (filters, joins, sorting)."},{"name":"masking","type":["null","boolean"],"default":null,"doc":"True when the value is masked on the way, e.g. hashed."},{"name":"description","type":["null","string"],"default":null,"doc":"How, as a person or program wrote it, e.g. an expression."}]}},"default":[],"doc":"The columns it is made of."}]}},"default":[],"doc":"Column lineage of this output."},{"name":"checks","type":{"type":"array","items":{"type":"record","name":"CheckResult","doc":"Result of one data-quality check.","fields":[{"name":"name","type":"string","doc":"Name of the check, stable over runs."},{"name":"column","type":["null","string"],"default":null,"doc":"Column it looks at; null for the whole asset."},{"name":"severity","type":{"type":"enum","name":"CheckSeverity","doc":"How bad a failure is.","symbols":["ERROR","WARN"],"default":"ERROR"},"default":"ERROR","doc":"How bad a failure is."},{"name":"status","type":{"type":"enum","name":"CheckStatus","doc":"What the check found. ERROR: the check itself could not run.","symbols":["UNKNOWN","PASS","WARN","FAIL","ERROR","SKIPPED"],"default":"UNKNOWN"},"default":"UNKNOWN","doc":"What the check found."},{"name":"expected","type":["null","string"],"default":null,"doc":"What was expected."},{"name":"actual","type":["null","string"],"default":null,"doc":"What was found."},{"name":"message","type":["null","string"],"default":null,"doc":"A sentence for people."}]}},"default":[],"doc":"Results of checks made in the run."}]}},"default":[],"doc":"Assets the run wrote."},{"name":"metadata","type":{"type":"map","values":"string"},"default":{},"doc":"Facts about the run; each value is a JSON text."}]}'

export const assetEventSchema = '{"type":"record","name":"AssetEvent","namespace":"headwater","doc":"A fact about an asset outside a run. Message key: the asset key. One change per event.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened, by the producer\'s clock (event time)."},{"name":"producer","type":"string","doc":"Which code made the event, with its version."},{"name":"key","type":"string","doc":"Asset key."},{"name":"change","type":{"type":"enum","name":"AssetChange","doc":"What the event reports. UNKNOWN reports nothing. STATED: each of description, owners, tags, schema, metadata and metrics that is given.","symbols":["UNKNOWN","DESCRIBED","OWNED","TAGGED","ALIASED","UNALIASED","RENAMED","DROPPED","POLICY_SET","STATED"],"default":"UNKNOWN"},"default":"UNKNOWN","doc":"What the event reports."},{"name":"properties","type":["null",{"type":"record","name":"AssetProperties","doc":"What people say of an asset. Given whole: it replaces what was given earlier.","fields":[{"name":"name","type":["null","string"],"default":null,"doc":"Name for people."},{"name":"description","type":["null","string"],"default":null,"doc":"Description, Markdown."},{"name":"url","type":["null","string"],"default":null,"doc":"Where a person can open the asset."},{"name":"owners","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"Owners: people or teams."}]}],"default":null,"doc":"With DESCRIBED: the properties, whole."},{"name":"owners","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"With OWNED, or STATED: the owners, whole."},{"name":"tags","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"With TAGGED, or STATED: the tags, whole."},{"name":"alias","type":["null","string"],"default":null,"doc":"With ALIASED and UNALIASED: the other asset key that identifies this asset."},{"name":"renamedTo","type":["null","string"],"default":null,"doc":"With RENAMED: the new asset key."},{"name":"policy","type":["null",{"type":"record","name":"FreshnessPolicy","doc":"How old the last success may be.","fields":[{"name":"kind","type":{"type":"enum","name":"FreshnessKind","doc":"Kind of policy.","symbols":["NONE","MAX_AGE","CRON","UPSTREAM","STREAMING","LEARNED"],"default":"NONE"},"default":"NONE","doc":"Kind of policy."},{"name":"warnAfterMs","type":["null","long"],"default":null,"doc":"Late from this age on, in milliseconds."},{"name":"errorAfterMs","type":["null","long"],"default":null,"doc":"Stale from this age on, in milliseconds."},{"name":"cron","type":["null","string"],"default":null,"doc":"With CRON: when a success is due, five fields."},{"name":"timeZone","type":["null","string"],"default":null,"doc":"With CRON: IANA time zone of the expression; UTC when null."},{"name":"graceMs","type":["null","long"],"default":null,"doc":"How long after it is due it may still come, in milliseconds."}]}],"default":null,"doc":"With POLICY_SET: the policy; null removes it."},{"name":"description","type":["null","string"],"default":null,"doc":"With STATED: description, Markdown."},{"name":"schema","type":["null",{"type":"array","items":{"type":"record","name":"Column","doc":"A column of an asset.","fields":[{"name":"name","type":"string","doc":"Column name; nested fields with dots."},{"name":"type","type":["null","string"],"default":null,"doc":"The platform\'s type name."},{"name":"description","type":["null","string"],"default":null,"doc":"Description of the column."}]}}],"default":null,"doc":"With STATED: the columns, whole, in order."},{"name":"metadata","type":{"type":"map","values":"string"},"default":{},"doc":"With STATED: facts about the asset by name; each value is a JSON text and replaces the earlier one of its name."},{"name":"metrics","type":{"type":"map","values":"double"},"default":{},"doc":"With STATED: numbers about the asset that no run which wrote it has measured."},{"name":"removed","type":{"type":"array","items":"string"},"default":[],"doc":"With STATED: what no longer holds: description, owners, tags, schema, or metadata:<name>."},{"name":"aliasSource","type":{"type":"enum","name":"AliasSource","doc":"Who declares or reports that two keys identify the same asset. DECLARED: a person or configuration; has precedence. AUTHORITY: as DECLARED, for key prefixes: every key under the alias resolves to the key under this one. TABLE_SYMLINK, SYMLINK: a tool that uses both keys.","symbols":["DECLARED","AUTHORITY","TABLE_SYMLINK","SYMLINK"],"default":"DECLARED"},"default":"DECLARED","doc":"With ALIASED and UNALIASED: who declares or reports the alias."}]}'

export const checkEventSchema = '{"type":"record","name":"CheckEvent","namespace":"headwater","doc":"A data-quality result from outside the run that wrote the asset. Message key: the asset key.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened, by the producer\'s clock (event time)."},{"name":"producer","type":"string","doc":"Which code made the event, with its version."},{"name":"key","type":"string","doc":"Asset key."},{"name":"runId","type":["null","string"],"default":null,"doc":"The run that made the check, where there was one."},{"name":"check","type":{"type":"record","name":"CheckResult","doc":"Result of one data-quality check.","fields":[{"name":"name","type":"string","doc":"Name of the check, stable over runs."},{"name":"column","type":["null","string"],"default":null,"doc":"Column it looks at; null for the whole asset."},{"name":"severity","type":{"type":"enum","name":"CheckSeverity","doc":"How bad a failure is.","symbols":["ERROR","WARN"],"default":"ERROR"},"default":"ERROR","doc":"How bad a failure is."},{"name":"status","type":{"type":"enum","name":"CheckStatus","doc":"What the check found. ERROR: the check itself could not run.","symbols":["UNKNOWN","PASS","WARN","FAIL","ERROR","SKIPPED"],"default":"UNKNOWN"},"default":"UNKNOWN","doc":"What the check found."},{"name":"expected","type":["null","string"],"default":null,"doc":"What was expected."},{"name":"actual","type":["null","string"],"default":null,"doc":"What was found."},{"name":"message","type":["null","string"],"default":null,"doc":"A sentence for people."}]},"doc":"The result."},{"name":"jobNamespace","type":["null","string"],"default":null,"doc":"Namespace of the job whose run made the check, where there was one."},{"name":"jobName","type":["null","string"],"default":null,"doc":"Name of that job."}]}'

export const jobEventSchema = '{"type":"record","name":"JobEvent","namespace":"headwater","doc":"A fact about a job outside its runs, lineage that it declares included. Message key: namespace, a slash, and name. A field that is not given keeps its value.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"UUIDv7 made by the producer; for sources without ids a deterministic UUID of the content."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened, by the producer\'s clock (event time)."},{"name":"producer","type":"string","doc":"Which code made the event, with its version."},{"name":"job","type":{"type":"record","name":"Job","doc":"The thing that runs repeatedly.","fields":[{"name":"namespace","type":"string","doc":"Where the name is unique: a team, a scheduler, a project."},{"name":"name","type":"string","doc":"The job\'s name within its namespace."},{"name":"type","type":["null","string"],"default":null,"doc":"What kind of job it is, e.g. task, model, spark-action, agent."}]},"doc":"The job."},{"name":"description","type":["null","string"],"default":null,"doc":"Description, Markdown."},{"name":"owners","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"Owners, whole: people or teams."},{"name":"tags","type":["null",{"type":"array","items":"string"}],"default":null,"doc":"Tags, whole."},{"name":"metadata","type":{"type":"map","values":"string"},"default":{},"doc":"Facts about the job by name; each value is a JSON text and replaces the earlier one of its name."},{"name":"removed","type":{"type":"array","items":"string"},"default":[],"doc":"What no longer holds: description, owners, tags, or metadata:<name>."},{"name":"lineage","type":["null",{"type":"array","items":{"type":"record","name":"DeclaredLineage","doc":"The declared inputs of an asset that the job writes. Holds until a successful run of the job writes the asset.","fields":[{"name":"output","type":"string","doc":"Asset key."},{"name":"inputs","type":{"type":"array","items":"string"},"default":[],"doc":"Asset keys, whole."}]}}],"default":null,"doc":"Declared lineage, whole: replaces what the job declared earlier."}]}'
