export { type ClickHouseConnection, clickHouseConnection, readClickHouseConnection } from './clickhouse-connection.ts'
export {
  type ClickHouseLogin,
  type ClickHouseTlsSettings,
  clickHouseLogin,
  clickHouseProblems,
  clickHouseVariables,
} from './clickhouse-variables.ts'
export { ConfigError, throwIfInvalid } from './config-error.ts'
export { guardRules, guardVariables } from './guard-variables.ts'
export { logLevel } from './log-level.ts'
export { logOptions } from './log-options.ts'
export { partitionRules, partitionVariables } from './partition-variables.ts'
export { type Environment, readVariables } from './read-variables.ts'
export { readTlsFiles, type TlsFiles, tlsVariables } from './tls-files.ts'
