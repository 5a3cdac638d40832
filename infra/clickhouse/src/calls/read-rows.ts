import type { ClickHouseClient, QueryParams } from '@clickhouse/client'
import { exceptionIn } from '../errors/exception-in.ts'
import { IncompleteAnswer } from '../errors/incomplete-answer.ts'

type Answer = {
  readonly meta: readonly ColumnOfAnswer[]
  readonly data: readonly (readonly unknown[])[]
  readonly rows: number
  readonly exception?: string
}

export type ColumnOfAnswer = { readonly name: string; readonly type: string }

/** Turns the values of a column, by its type, into others; undefined leaves them as they are. */
export type DecodeColumn = (type: string) => ((value: unknown) => unknown) | undefined

/**
 * Runs a SELECT and reads all its rows: as a format whose end can be told from a cut, so that a body that a proxy cut at the end of a
 * line is never taken for a shorter list. The client's own reading of lines takes it for one.
 * @throws IncompleteAnswer, or ClickHouse's error, also when it comes within the rows
 */
export async function readRows<Row>(
  client: ClickHouseClient,
  query: Omit<QueryParams, 'format'>,
  decode?: DecodeColumn,
): Promise<Row[]> {
  const result = await client.query({ ...query, format: 'JSONCompact' })
  const { meta, data } = answerOf(await result.text())
  const names = meta.map(({ name }) => name)
  const decoders = meta.map(({ type }) => decode?.(type))
  return data.map((values) => {
    const row: Record<string, unknown> = {}
    for (const [index, name] of names.entries()) {
      const value = values[index]
      const decoder = decoders[index]
      row[name] = decoder === undefined ? value : decoder(value)
    }
    return row as Row
  })
}

function answerOf(text: string): Answer {
  const answer = parsed(text)
  if (typeof answer.exception === 'string') throw exceptionIn(answer.exception) ?? new Error(answer.exception)
  if (!Array.isArray(answer.meta) || !Array.isArray(answer.data)) {
    throw new IncompleteAnswer('The answer is JSON, but not of ClickHouse')
  }
  if (answer.data.length !== answer.rows) {
    throw new IncompleteAnswer(`The answer has ${answer.data.length} of ${answer.rows} rows`)
  }
  return answer as Answer
}

function parsed(text: string): Partial<Answer> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    const within = exceptionIn(text)
    if (within !== undefined) throw within
    const what = text.trimStart().startsWith('{') ? 'ends before its last row' : 'is not that of ClickHouse'
    throw new IncompleteAnswer(`The answer of ${text.length} characters ${what}`, { cause })
  }
  throw new IncompleteAnswer('The answer is JSON, but not of ClickHouse')
}
