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
export { readTlsFiles, rereadTlsFiles, type TlsFiles, type TlsSettings, tlsVariables } from './tls-files.ts'
export { isTlsError, type TlsPeer, tlsCodeOf, tlsProblem } from './tls-problem.ts'
