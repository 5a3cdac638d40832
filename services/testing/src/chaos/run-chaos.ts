import { cpus } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import type { Stack } from '@headwater/local'
import type { LogRecord } from '@headwater/projector'
import { connectSchemaRegistry, type SchemaIds } from '@headwater/schemas'
import type { Kafka } from 'kafkajs'
import { type ClickHouseProxy, startClickHouseProxy } from '../clickhouse-proxy/start-clickhouse-proxy.ts'
import { createTestTopic, testKafka } from '../stack/test-topic.ts'
import { uniqueName } from '../stack/unique-name.ts'
import { ChaosLog } from './faults/chaos-log.ts'
import { faultPlan } from './faults/fault-plan.ts'
import { FoldWatch, type Offsets } from './faults/fold-watch.ts'
import { injectFault } from './faults/inject-fault.ts'
import { type LoadPhase, loadPhase } from './faults/load-phase.ts'
import { ProjectorCrew } from './faults/projector-crew.ts'
import { type ChaosWorld, chaosWorld } from './load/chaos-world.ts'
import { LoadSender } from './load/load-sender.ts'
import { PlannedLoad } from './load/planned-load.ts'
import { SendLedger } from './load/send-ledger.ts'
import { TransactionWriters } from './load/transaction-writers.ts'
import type { ChaosReport } from './report/chaos-report.ts'
import { SeededRandom } from './seeded-random.ts'
import { findingsOf, notCaughtUp } from './verify/findings.ts'
import { type Verification, verifyRun } from './verify/verify-run.ts'

export type ChaosOptions = {
  /** A stack of its own: its parts are killed. */
  readonly stack: Stack
  readonly seed: number
  /** The load ends when this time is over, or the rounds of faults are. */
  readonly minutes: number
  /** In each round every kind of fault happens once. */
  readonly rounds: number
  readonly recordsPerSecond: number
  readonly questions: number
  /** Between faults, in milliseconds. */
  readonly pause: { readonly least: number; readonly most: number }
  /** Seconds between faults as the command was given; undefined when none. */
  readonly every?: number | undefined
  /** How long the next fault waits for the recovery from the last; null: not even for its end. */
  readonly patienceMs: number | null
  /** How long after the load everything may take to be folded. */
  readonly foldWithinMs: number
  /** Ends the load early; what was done is verified. */
  readonly ending: AbortSignal
  /** Ends the questions early. */
  readonly hurrying: AbortSignal
  readonly progressMs: number
  readonly onProgress: (line: string) => void
}

type Scene = {
  readonly kafka: Kafka
  readonly clickhouse: ClickHouseClient
  readonly topic: string
  readonly deadLetters: string
  readonly database: string
  readonly ids: SchemaIds
  readonly world: ChaosWorld
  readonly crew: ProjectorCrew
  readonly watch: FoldWatch
  readonly ledger: SendLedger
  readonly log: ChaosLog
  readonly proxy: ClickHouseProxy
}

const [partitions, mostPartitions] = [6, 16]
const sessionTimeoutMs = 6_000 // of ProjectorProcess

/** Puts a stack under load and breaks it for some minutes, then compares its tables and answers with its log. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { onProgress } = options
  const startedAt = Date.now()
  const scene = await setScene(options)
  const { crew, watch, clickhouse } = scene
  try {
    crew.start()
    watch.start()
    const load = await loadPhase(phaseOf(options, scene, startedAt))
    onProgress('The load has ended; waiting until all of it is folded')
    const records = await scene.log.records()
    const foldedAfterMs = await untilFolded(options, scene, load, records)
    await crew.stop()
    const { clickhouseUrl } = options.stack.addresses
    const verification = await verifyRun({ ...options, ...scene, records, clickhouseUrl })
    return reportOf(options, scene, { startedAt, load, foldedAfterMs, verification })
  } catch (error) {
    throw explained(error, crew)
  } finally {
    await crew.destroy()
    await watch.stop()
    await clickhouse.close()
    await scene.proxy.close()
  }
}

/** An error that stops a projector may stop the verification too; the projector's own message is then more useful. */
function explained(error: unknown, { unexpectedEnds }: ProjectorCrew): unknown {
  if (unexpectedEnds.length === 0 || !(error instanceof Error)) return error
  const ends = unexpectedEnds.map(({ projector, how, output }) => `${projector} ${how}: ${output.slice(-500)}`)
  return new Error(
    [error.message, `Projectors ended by themselves ${ends.length} times`, ...ends.slice(-2)].join('\n'),
    {
      cause: error,
    },
  )
}

async function setScene({ stack: { addresses }, seed }: ChaosOptions): Promise<Scene> {
  const kafka = testKafka(addresses)
  const topic = await createTestTopic(partitions, addresses)
  const [deadLetters, database] = [`${topic}.dead`, uniqueName('chaos')]
  const ids = await connectSchemaRegistry({ url: addresses.schemaRegistryUrl }).register(topic)
  const clickhouse = createClient({ url: addresses.clickhouseUrl, request_timeout: 10_000, log: { level: 127 } })
  const watch = new FoldWatch({ kafka, clickhouse, database, topic })
  const proxy = await startClickHouseProxy(addresses.clickhouseUrl)
  const stack = { ...addresses, clickhouseUrl: proxy.url }
  return {
    ...{ kafka, clickhouse, topic, deadLetters, database, ids, watch, proxy },
    world: chaosWorld(new SeededRandom(seed, 'world')),
    crew: new ProjectorCrew({ stack, topic, deadLetters, database, groupId: topic }),
    ledger: new SendLedger(),
    log: new ChaosLog({ kafka, topic, folded: () => watch.folded(), mostPartitions }),
  }
}

function phaseOf(options: ChaosOptions, scene: Scene, startedAt: number): Parameters<typeof loadPhase>[0] {
  const { seed, recordsPerSecond, stack } = options
  const { world, crew, log, proxy } = scene
  const { kafkaBrokers: brokers } = stack.addresses
  const load = new PlannedLoad({ seed, world, startedAt, partitions, everyMs: 1_000 / recordsPerSecond })
  const random = new SeededRandom(seed, 'resends')
  return {
    ...options,
    ...scene,
    signal: options.ending,
    sender: new LoadSender({ ...scene, brokers, load, random, recordsPerSecond }),
    writers: new TransactionWriters({ ...scene, brokers, load, random: new SeededRandom(seed, 'transactions') }),
    plan: faultPlan({
      random: new SeededRandom(seed, 'faults'),
      pause: options.pause,
      rounds: options.rounds,
      sessionTimeoutMs,
    }),
    inject: (fault) => injectFault(fault, { crew, stack, log, clickhouse: proxy }),
  }
}

/** @returns how long it took; undefined when it did not happen in time */
async function untilFolded(
  options: ChaosOptions,
  { watch }: Scene,
  { faults }: LoadPhase,
  records: readonly LogRecord[],
): Promise<number | undefined> {
  const startedAt = performance.now()
  const waiting = new AbortController()
  const ends = endsOf(records)
  watch.endLog(ends)
  const folded = async () => {
    await watch.caughtUp(ends)
    await faults.recovered()
    return performance.now() - startedAt
  }
  const late = pause(options.foldWithinMs, undefined, { signal: waiting.signal }).catch(() => undefined)
  try {
    return await Promise.race([folded(), late])
  } finally {
    waiting.abort()
  }
}

/** After the last record of each partition. */
const endsOf = (records: readonly LogRecord[]): Offsets =>
  new Map(records.map(({ partition, offset }) => [partition, offset + 1]))

type Outcome = {
  readonly startedAt: number
  readonly load: LoadPhase
  readonly foldedAfterMs: number | undefined
  readonly verification: Verification
}

function reportOf(
  { seed, minutes, recordsPerSecond, every, ending }: ChaosOptions,
  { ledger, crew, watch }: Scene,
  { startedAt, load, foldedAfterMs, verification }: Outcome,
): ChaosReport {
  const { acknowledged, withdrawn } = ledger
  const rows = Object.values(verification.tables.rows)
  return {
    ...{
      seed,
      minutes,
      recordsPerSecond,
      every,
      startedAt: new Date(startedAt).toISOString(),
      cutShort: ending.aborted,
    },
    machine: `${cpus().length} cores, Node ${process.version}`,
    ...{ loadMs: load.durationMs, foldedAfterMs, faults: load.faults.records },
    ...{ events: ledger.events, failedSends: ledger.failedSends, records: verification.records },
    transactions: ledger.transactions,
    ...{ duplicates: verification.truth.duplicates, poison: verification.truth.poison.size },
    repeatedDeadLetters: verification.deadLetters.repeated,
    rowsRead: rows.reduce((total, { read }) => total + read, 0),
    rowsStored: rows.reduce((total, { stored }) => total + stored, 0),
    ...{ questions: verification.answers.asked, wrongAnswers: verification.answers.wrong.length },
    findings: [
      ...(foldedAfterMs === undefined ? [notCaughtUp(watch.missing)] : []),
      ...findingsOf({ ...verification, acknowledged, withdrawn, unexpectedEnds: crew.unexpectedEnds }),
    ],
  }
}
