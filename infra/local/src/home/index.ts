export { type ClickHouseLogin, findClickHouseLogin, loginVariables, passwordFileOf } from './clickhouse-login.ts'
export { makePrivate, privateFolder } from './private-folder.ts'
