import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { findOpenTransactions, type LogRecord, logRecordOf, registryOf } from '@headwater/kafka'
import { assetKeyProblem, type Erasure, keyWithoutSecrets } from '@headwater/lineage'
import { eventsTopicConfig } from '@headwater/schemas'
import type { Admin, Kafka, Producer } from 'kafkajs'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { withProducer } from '../dlq/resolving/with-producer.ts'
import { connectKafka } from '../log/connect-kafka.ts'
import { kafkaReason } from '../log/kafka-reason.ts'
import { readTopic } from '../log/read-topic.ts'
import { findAddresses } from '../stack/find-addresses.ts'
import { type CopyCounts, copiedRecords, countsOf } from './copied-records.ts'

export type LogCopyOptions = {
  readonly to: string
  readonly withoutAsset: readonly string[]
  readonly maskFile?: string
  readonly yes: boolean
  readonly json: boolean
}

type Topics = { readonly kafka: Kafka; readonly admin: Admin; readonly from: string; readonly to: string }

// Holds: the copy has a record for each one of the log that is not left out, in the same partition and order, with its append time; a copy
// that was interrupted is never continued, since its topic is refused.

/** Copies the log without assets and texts, or counts what that would do. */
export async function logCopy(context: Context, config: CliConfig, options: LogCopyOptions): Promise<number> {
  const erasure = await erasureOf(context, options)
  const { kafkaBrokers, schemaRegistryUrl } = await findAddresses(config)
  const kafka = connectKafka(config, kafkaBrokers)
  const registry = registryOf({ ...config, SCHEMA_REGISTRY_URL: schemaRegistryUrl })
  const admin = kafka.admin()
  try {
    await admin.connect().catch((cause: Error) => {
      const detail = `Kafka at ${kafkaBrokers} is not reachable: ${kafkaReason(cause)}. Check KAFKA_BROKERS`
      throw new CliError('NOT_REACHABLE', detail, { cause })
    })
    const topics = { kafka, admin, from: config.PROJECTOR_TOPIC, to: options.to }
    await refuseUsed(topics)
    await refuseOpenTransactions(topics)
    const copying = copiedRecords({ erasure, registry, topic: options.to })
    const counts = countsOf()
    if (options.yes) await copy(topics, copying, counts)
    else await readRecords(topics, async (records) => void (await copying(records, counts)))
    context.print(
      options.json ? JSON.stringify({ ...counts, copied: options.yes, to: options.to }) : sentence(counts, options),
    )
    return exitCodes.ok
  } finally {
    await admin.disconnect()
  }
}

async function erasureOf({ stdin }: Context, { withoutAsset, maskFile }: LogCopyOptions): Promise<Erasure> {
  for (const key of withoutAsset) {
    const problem = assetKeyProblem(key)
    if (problem !== undefined) throw new CliError('INVALID_INPUT', problem)
  }
  const lines = maskFile === undefined ? '' : maskFile === '-' ? await text(stdin) : readFileSync(maskFile, 'utf8')
  const texts = lines.split(/\r?\n/).filter((line) => line !== '')
  const short = texts.find((line) => line.length < 4)
  if (short !== undefined) throw new CliError('INVALID_INPUT', 'A line of --mask-file has fewer than 4 characters')
  return { assets: new Set(withoutAsset.flatMap((key) => [key, keyWithoutSecrets(key)])), texts }
}

async function refuseUsed({ admin, from, to }: Topics): Promise<void> {
  if (to === from) throw new CliError('INVALID_INPUT', `--to must be another topic than the log, ${from}`)
  if (!(await admin.listTopics()).includes(to)) return
  const ends = await admin.fetchTopicOffsets(to)
  if (ends.some(({ high }) => high !== '0'))
    throw new CliError('REFUSED', `The topic ${to} has records; delete it, or pass another one`)
}

/** Records behind a transaction that is open cannot be read: a copy without them would look complete. */
async function refuseOpenTransactions({ kafka, admin, from }: Topics): Promise<void> {
  const open = await findOpenTransactions(kafka, admin, from)
  if (open.length === 0) return
  const places = open.map(({ partition, offset }) => `partition ${partition} from offset ${offset}`).join(', ')
  const detail = `${from} has an open transaction (${places}): what is behind it cannot be read. Stop what writes to it and copy again when it has ended; Kafka aborts it after its timeout, mostly a minute`
  throw new CliError('REFUSED', detail)
}

async function copy(topics: Topics, copying: ReturnType<typeof copiedRecords>, counts: CopyCounts): Promise<void> {
  const { kafka, admin, from, to } = topics
  const before = await admin.fetchTopicOffsets(from)
  await createLike(topics, before.length)
  const send = async (producer: Producer) =>
    readRecords(topics, async (records) => {
      const messages = await copying(records, counts)
      if (messages.length > 0) await producer.send({ topic: to, acks: -1, messages: [...messages] })
    })
  await withProducer(kafka, () => `Copied ${counts.read} records`, send)
  const [after, copied] = [await admin.fetchTopicOffsets(from), await admin.fetchTopicOffsets(to)]
  const endsOf = (offsets: typeof after) =>
    offsets
      .map(({ partition, high }) => `${partition}:${high}`)
      .sort()
      .join()
  if (endsOf(before) !== endsOf(after))
    throw new CliError('REFUSED', `${from} grew meanwhile; stop what writes to it, delete ${to}, and copy again`)
  await refuseOpenTransactions(topics)
  const written = copied.reduce((sum, { high }) => sum + Number(high), 0)
  if (written !== counts.unchanged + counts.changed)
    throw new CliError(
      'REFUSED',
      `${to} has ${written} records, ${counts.unchanged + counts.changed} were sent; delete it, and copy again`,
    )
}

const silenceMs = 60_000 // while records are sent

const readRecords = (
  { kafka, from }: Topics,
  onRecords: (records: readonly LogRecord[]) => Promise<void>,
): Promise<void> =>
  readTopic(
    kafka,
    from,
    ({ partition, messages }) => onRecords(messages.map((message) => logRecordOf(from, partition, message))),
    silenceMs,
  )

async function createLike({ admin, to }: Topics, partitions: number): Promise<void> {
  if ((await admin.listTopics()).includes(to)) return
  const configEntries = Object.entries(eventsTopicConfig).map(([name, value]) => ({ name, value }))
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: to, numPartitions: partitions, configEntries }] })
}

function sentence({ read, unchanged, changed, leftOut }: CopyCounts, { yes, to }: LogCopyOptions): string {
  const counts = `${read} records read: ${unchanged} unchanged, ${changed} changed, ${leftOut} left out`
  return yes ? `${counts}. The copy is ${to}` : `${counts}. Nothing was copied; to copy them, add --yes`
}
