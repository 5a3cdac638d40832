import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// The engine runs in a process of its user and could reach all that this user can: files, programs, the network. As a server does, it
// therefore gets a user without these rights. https://clickhouse.com/docs/operations/access-rights and
// https://clickhouse.com/docs/operations/settings/constraints-on-settings

const rights = [
  'GRANT SELECT, INSERT, ALTER, SHOW, DROP, UNDROP TABLE, TRUNCATE, OPTIMIZE, CHECK, KILL QUERY, dictGet ON *.*',
  'GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, CREATE DICTIONARY, CREATE TEMPORARY TABLE ON *.*',
  'GRANT SYSTEM FLUSH LOGS, SYSTEM MERGES, SYSTEM RELOAD DICTIONARY ON *.*',
]

/** Table and database engines that store within the folder of the data, or not at all. */
export const allowedEngines: readonly string[] = [
  ...['', 'Replacing', 'Summing', 'Aggregating', 'Collapsing', 'VersionedCollapsing', 'Graphite', 'Coalescing'].map(
    (kind) => `${kind}MergeTree`,
  ),
  ...[
    'Memory',
    'Log',
    'TinyLog',
    'StripeLog',
    'Null',
    'Set',
    'Join',
    'Buffer',
    'Merge',
    'Dictionary',
    'GenerateRandom',
  ],
  ...['View', 'MaterializedView', 'Atomic'],
]

/** Settings that name files, addresses or another dialect, or run texts as SQL. */
const fixedSettings: Readonly<Record<string, string | undefined>> = {
  additional_result_filter: undefined,
  additional_table_filters: undefined,
  allow_experimental_eval_table_function: '0',
  dialect: undefined,
  format_avro_schema_registry_url: undefined,
  format_schema: undefined,
  format_schema_source: undefined,
  format_template_resultset: undefined,
  format_template_row: undefined,
  implicit_table_at_top_level: undefined,
  input_format_record_errors_file_path: undefined,
  merge_tree_disk: undefined,
  merge_tree_storage_policy: undefined,
  output_format_schema: undefined,
  parallel_replicas_custom_key: undefined,
  polyglot_dialect: undefined,
  rename_files_after_processing: undefined,
  schema_inference_hints: undefined,
  url_base: undefined,
}

/** By these, rows as VALUES are evaluated as SQL. Off, unless the rows are harmless (`values-expressions.ts`); clients do not set them. */
export const expressionSettings = [
  'input_format_values_interpret_expressions',
  'input_format_values_deduce_templates_of_expressions',
] as const

/** Writes the configuration of the engine into a folder. @returns the path of its main file */
export function writeEngineConfig(folder: string): string {
  const files = join(folder, 'files')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  const users = join(folder, 'users.xml')
  const grants = [...rights, ...allowedEngines.map((engine) => `GRANT TABLE ENGINE ON ${engine}`)]
  writeFileSync(users, usersOf(grants), { mode: 0o600 })
  const config = join(folder, 'config.xml')
  writeFileSync(config, configOf(users, `${files}/`), { mode: 0o600 })
  return config
}

const configOf = (users: string, files: string): string => `<clickhouse>
  <users_config>${escaped(users)}</users_config>
  <user_files_path>${escaped(files)}</user_files_path>
  <user_scripts_path>${escaped(files)}</user_scripts_path>
  <format_schema_path>${escaped(files)}</format_schema_path>
  <remote_url_allow_hosts></remote_url_allow_hosts>
  <access_control_improvements><table_engines_require_grant>true</table_engines_require_grant></access_control_improvements>
</clickhouse>
`

const usersOf = (grants: readonly string[]): string => `<clickhouse>
  <profiles><default>
    ${expressionSettings.map((name) => `<${name}>0</${name}>`).join('')}
    ${Object.entries(fixedSettings)
      .flatMap(([name, value]) => (value === undefined ? [] : [`<${name}>${value}</${name}>`]))
      .join('')}
    <constraints>${Object.keys(fixedSettings)
      .map((name) => `<${name}><readonly/></${name}>`)
      .join('')}</constraints>
  </default></profiles>
  <quotas><default/></quotas>
  <users><default>
    <password></password>
    <networks><ip>::/0</ip></networks>
    <profile>default</profile>
    <quota>default</quota>
    <grants>${grants.map((grant) => `<query>${grant}</query>`).join('\n')}</grants>
  </default></users>
</clickhouse>
`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
