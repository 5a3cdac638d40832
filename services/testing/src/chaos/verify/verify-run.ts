import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { buildApp, createClickHouseStore, createQuery } from '@headwater/api'
import type { LogRecord } from '@headwater/projector'
import type { SchemaIds } from '@headwater/schemas'
import type { Kafka } from 'kafkajs'
import { projectBatches } from '../../stack/project-events.ts'
import { readTopic } from '../../stack/read-topic.ts'
import { createTestDatabase } from '../../stack/test-database.ts'
import type { ChaosWorld } from '../load/chaos-world.ts'
import { type AskedQuestions, askQuestions } from '../questions/ask-questions.ts'
import { questionPlan } from '../questions/question-plan.ts'
import { SeededRandom } from '../seeded-random.ts'
import { type DeadLetterDifferences, deadLetterDifferences } from './dead-letter-differences.ts'
import { type LogTruth, truthOf } from './log-truth.ts'
import { compareTables, type TableComparison } from './table-differences.ts'

export type VerifyOptions = {
  readonly kafka: Kafka
  readonly clickhouseUrl: string
  readonly topic: string
  readonly deadLetters: string
  readonly database: string
  readonly ids: SchemaIds
  readonly seed: number
  readonly world: ChaosWorld
  readonly questions: number
  /** Ends the questions early. */
  readonly hurrying: AbortSignal
  /** All that the log ever held. */
  readonly records: readonly LogRecord[]
  readonly onProgress: (line: string) => void
}

export type Verification = {
  readonly truth: LogTruth
  readonly records: number
  readonly tables: TableComparison
  readonly deadLetters: DeadLetterDifferences
  readonly answers: AskedQuestions
}

const recordsPerBatch = 10_000

/** Holds tables, dead letters and answers against the log. */
export async function verifyRun(options: VerifyOptions): Promise<Verification> {
  const { kafka, ids, clickhouseUrl, database, records, onProgress } = options
  onProgress(`the log holds ${records.length} records`)
  const truth = truthOf(records, ids)
  const deadLetters = deadLetterDifferences(
    truth.poison,
    (await readTopic(kafka, options.deadLetters)).map(namedPosition),
  )
  onProgress(`${truth.poison.size} of them are poison`)
  const tables = await againstOnePass(clickhouseUrl, database, records, ids)
  onProgress(`tables compared with those of one pass over the log: ${tables.differences.length} differ`)
  const client = createClient({ url: clickhouseUrl, database, request_timeout: 60_000, log: { level: 127 } })
  try {
    const answers = await askAll(options, client, truth)
    return { truth, records: records.length, tables, deadLetters, answers }
  } finally {
    await client.close()
  }
}

const namedPosition = ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): string =>
  String(headers['headwater-position'])

/** Fills a new database by one ordered pass over the log, compares, and drops it. */
async function againstOnePass(
  url: string,
  database: string,
  records: readonly LogRecord[],
  ids: SchemaIds,
): Promise<TableComparison> {
  const expected = await createTestDatabase(url)
  try {
    await projectBatches(expected, batchesOf(records), ids)
    return await compareTables(expected.client, database, expected.database)
  } finally {
    await expected.drop()
  }
}

function* batchesOf(records: readonly LogRecord[]): Generator<readonly LogRecord[]> {
  for (let start = 0; start < records.length; start += recordsPerBatch) {
    yield records.slice(start, start + recordsPerBatch)
  }
}

async function askAll(options: VerifyOptions, client: ClickHouseClient, truth: LogTruth): Promise<AskedQuestions> {
  const { seed, world, questions, hurrying, onProgress } = options
  const now = Date.now()
  const random = new SeededRandom(seed, 'questions')
  const groups = questionPlan({ random, count: questions, assets: world.assets, events: truth.events })
  const app = await buildApp({ store: createClickHouseStore(createQuery(client)), now: () => now })
  const every = Math.max(50, Math.floor(questions / 10))
  try {
    return await askQuestions({
      ...{ app, events: truth.events, groups, now, signal: hurrying },
      onProgress: (asked) => {
        if (asked % every === 0) onProgress(`${asked} of ${questions} questions asked`)
      },
    })
  } finally {
    await app.close()
  }
}
