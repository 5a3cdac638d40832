export { clickHouseVariables } from './clickhouse-variables.ts'
export { ConfigError, refuseIfWrong } from './config-error.ts'
export { logLevel } from './log-level.ts'
export { type Environment, type GivenVariables, readVariables } from './read-variables.ts'
