import { withoutParameters } from './server-address.ts'

const oracleDriver = /^oracle:(?:thin|oci\d?):[^@]*@(?:\/\/|tcps?:\/\/)?/i
const oracleSid = /^(oracle:\/\/[^:/]*:\d+):(\w+)$/i
const databaseFile = /^(duckdb|sqlite):(?!\/\/)/i

/** A JDBC URL as the URL of its server, without parameters: `postgresql://host:5432/db`. Other texts stay. */
export function plainUrl(namespace: string): string {
  if (!/^jdbc:/i.test(namespace)) return namespace
  const url = withoutParameters(namespace.slice('jdbc:'.length))
  return url.replace(oracleDriver, 'oracle://').replace(databaseFile, '$1://').replace(oracleSid, '$1/$2')
}
