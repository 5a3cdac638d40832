import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ClickHouseClient, ExecParams } from '@clickhouse/client'
import { exceptionIn } from '../errors/exception-in.ts'
import { IncompleteAnswer } from '../errors/incomplete-answer.ts'

export type Statement = Pick<ExecParams, 'query' | 'query_params' | 'clickhouse_settings'> & {
  /** Rows of an INSERT, in the format that `query` names. */
  readonly values?: Readable
  /** How many rows `values` has. */
  readonly rows?: number
}

/**
 * Runs a statement that returns no rows. Resolves only if ClickHouse itself said that it is done: the client ignores the body, and
 * would take a proxy's page, or an exception after the headers, for success.
 * @throws IncompleteAnswer, or ClickHouse's error
 */
export async function runStatement(client: ClickHouseClient, { rows, values, ...params }: Statement): Promise<void> {
  const { stream, summary, response_headers, query_id } = await (values === undefined
    ? client.exec(params)
    : client.exec({ ...params, values }))
  const body = await text(stream)
  if (body.trim() !== '') throw exceptionIn(body) ?? new IncompleteAnswer(`Not an answer of ClickHouse: ${begin(body)}`)
  if (summary === undefined && response_headers['x-clickhouse-query-id'] !== query_id) {
    throw new IncompleteAnswer('An empty answer without the headers of ClickHouse')
  }
  const written = Number(summary?.written_rows ?? rows)
  if (rows !== undefined && written < rows) {
    throw new IncompleteAnswer(`ClickHouse received ${written} of ${rows} rows`)
  }
}

const begin = (body: string) => body.trim().replace(/\s+/g, ' ').slice(0, 100)
