import type { StackAddresses } from '@headwater/local'
import { connectSchemaRegistry } from '@headwater/schemas'
import { createTestTopic, ProjectorProcess, testKafka, uniqueName } from '@headwater/testing'
import { startApi } from '../reading/api-process.ts'
import type { Workload } from './workload.ts'

export type LatencyOptions = {
  readonly eventsPerSecond: number
  readonly seconds: number
  readonly warmUpSeconds: number
}

const tickMs = 50
const partitions = 6

/**
 * Sends at a steady rate and requests, for one run of each send, the run from the API with `waitFor` its position.
 * @returns milliseconds from the send to the answer, sorted
 */
export async function visibleLatency(
  stack: StackAddresses,
  workload: Workload,
  options: LatencyOptions,
): Promise<readonly number[]> {
  const topic = await createTestTopic(partitions, stack)
  const database = uniqueName('bench')
  const names = { topic, deadLetters: `${topic}.dead`, database, groupId: database }
  const projector = new ProjectorProcess({ stack, ...names, batchRecords: 10_000 })
  projector.start()
  const api = await startApi(stack, database)
  try {
    return await measure(stack, workload, topic, api.url, options)
  } finally {
    await projector.end('SIGTERM')
    await api.stop()
  }
}

async function measure(
  stack: StackAddresses,
  workload: Workload,
  topic: string,
  base: string,
  options: LatencyOptions,
): Promise<readonly number[]> {
  const messageAt = workload.prepare(await connectSchemaRegistry({ url: stack.schemaRegistryUrl }).register(topic))
  const producer = testKafka(stack).producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const perTick = Math.round((options.eventsPerSecond * tickMs) / 1_000)
  const ticks = ((options.seconds + options.warmUpSeconds) * 1_000) / tickMs
  const measured: Promise<number>[] = []
  const beganAt = performance.now()
  for (let tick = 0; tick < ticks; tick++) {
    const events = Array.from({ length: perTick }, (_, index) => messageAt(tick * perTick + index))
    const watched = events.find(({ isRun }) => isRun)
    if (watched === undefined) throw new Error('A send has no event about a run')
    // It goes first, to partition 0: so its position is the first of what is stored there.
    const messages = [watched, ...events.filter((event) => event !== watched)].map(({ key, value }, index) => ({
      ...{ key, value, partition: index % partitions },
    }))
    const sentAt = performance.now()
    const sent = await producer.send({ topic, acks: -1, messages })
    const first = sent.find(({ partition }) => partition === 0)
    if (first !== undefined && tick * tickMs >= options.warmUpSeconds * 1_000) {
      const position = `${topic}:0:${first.baseOffset}`
      measured.push(visible(base, position, watched.key).then(() => performance.now() - sentAt))
    }
    const waitMs = beganAt + (tick + 1) * tickMs - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  const latencies = await Promise.all(measured)
  await producer.disconnect()
  return latencies.sort((a, b) => a - b)
}

/** Resolves when the API shows the run. */
async function visible(base: string, position: string, runId: string): Promise<void> {
  const waiting = `timeoutMs=60000&waitFor=${encodeURIComponent(position)}`
  const response = await fetch(`${base}/api/v1/runs/${runId}?${waiting}`)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  await response.arrayBuffer()
}
