import { type ConsumerState, ConsumerStatus, createKafkaDeadLetterLog } from '@headwater/kafka'
import { testKafka, uniqueName } from '@headwater/testing'
import type { Kafka } from 'kafkajs'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { type ConsumeOptions, consumeTopic } from '../../src/topic/consume-topic.ts'
import { TopicGaps } from '../../src/topic/topic-gaps.ts'

/** A consumer of the OpenLineage topic in this process, until the test ends. It keeps in memory what the gateway would send on. */
export function consume(topic: string, options: Partial<ConsumeOptions> & { readonly kafka?: Kafka } = {}) {
  const stopping = new AbortController()
  const [stored, states, lines]: [string[], ConsumerState[], string[]] = [[], [], []]
  const status = new ConsumerStatus()
  const enter = status.enter.bind(status)
  status.enter = (state, reason) => {
    if (state !== status.now.state) states.push(state)
    enter(state, reason)
  }
  const found = {
    stored,
    states,
    lines,
    status,
    stalls: 0,
    lag: new Map<number, number>() as ReadonlyMap<number, number>,
  }
  const done = consumeTopic({
    ...{ kafka: testKafka(), topic, groupId: uniqueName('gateway'), status, signal: stopping.signal },
    logger: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }),
    onLag(records) {
      found.lag = records
    },
    gaps: new TopicGaps(topic),
    onStalled() {
      found.stalls++
    },
    deadLetterLog: createKafkaDeadLetterLog(testKafka().producer(), `${topic}.dead`),
    async ingest(value) {
      stored.push((value as { job: { name: string } }).job.name)
      return []
    },
    ...options,
  })
  const stop = async () => {
    stopping.abort()
    await done
  }
  onTestFinished(stop)
  return Object.assign(found, { stop })
}
