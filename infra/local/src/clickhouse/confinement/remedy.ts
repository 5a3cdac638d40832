import { EngineError } from '../engine-error.ts'

const remedies: readonly (readonly [refusal: RegExp, remedy: string])[] = [
  [
    /Not enough privileges/,
    'The embedded ClickHouse has one user, who manages databases, tables, views and dictionaries of its own folder. Use a ClickHouse server of your own where you need more (CLICKHOUSE_URL)',
  ],
  [
    /Interpreting expressions is disabled/,
    'Expressions in VALUES are not evaluated beside file, format, table, SELECT, quoted names or comments: write INSERT INTO ... SELECT',
  ],
]

/** The engine's error; where confinement is its cause, with what to do. */
export function withRemedy(cause: unknown): EngineError {
  const error = new EngineError(cause)
  const remedy = remedies.find(([refusal]) => refusal.test(error.message))?.[1]
  return remedy === undefined ? error : new EngineError(error.message.replace(/\.?(?= \(\w+\)\s*$)|$/, `. ${remedy}.`))
}
