import type { Session } from 'chdb'
import { EngineError } from '../engine-error.ts'
import { literal } from '../literal.ts'
import type { QueryRequest } from '../query-request.ts'
import { expressionSettings } from './engine-config.ts'
import type { Escape } from './escape.ts'
import { allowedTableFunctions, findEscape, settingEscape } from './find-escape.ts'

/** Refuses a statement that would leave the folder of the data. @throws EngineError ACCESS_DENIED, or the engine's on invalid SQL */
export type StatementCheck = (request: QueryRequest) => void

const maxRemembered = 2_000
const maxRememberedLength = 16_384

/** @param session where statements are parsed; none is run there */
export function createStatementCheck(session: Session): StatementCheck {
  session.query(`SET max_query_size = ${2 ** 30}`)
  const listed = session.query('SELECT name FROM system.table_functions', 'TabSeparated').split('\n').filter(Boolean)
  const allowed = new Set(allowedTableFunctions)
  const denied = new Set(['file', ...listed.filter((name) => !allowed.has(name)).map((name) => name.toLowerCase())])
  const passed = new Set<string>() // the services send few texts, again and again

  return ({ statement: { sql, insert }, settings }) => {
    const given = expressionSettings.find((name) => settings.has(name))
    if (given !== undefined) throw notAllowed(settingEscape(given))
    const text = insert === undefined ? sql : `${sql} ${insert.settings} FORMAT ${insert.format}`
    if (passed.has(text)) return
    const found = findEscape(canonical(session, text), denied)
    if (found !== undefined) throw notAllowed(found)
    if (text.length > maxRememberedLength) return
    if (passed.size >= maxRemembered) passed.clear()
    passed.add(text)
  }
}

const notAllowed = ({ what, instead }: Escape) =>
  new EngineError(
    `Code: 497. DB::Exception: This ClickHouse keeps to its own folder: ${what} is not allowed. ${instead}. (ACCESS_DENIED)`,
  )

/** The statement as the engine understands it, in one form. */
function canonical(session: Session, sql: string): string {
  try {
    return session.query(`SELECT formatQuerySingleLine(${literal(sql)})`, 'RawBLOB')
  } catch (error) {
    throw new EngineError(
      (error as Error).message.replace(/: In scope SELECT formatQuerySingleLine\([\s\S]*\)(?=\. \()/, ''),
    )
  }
}
