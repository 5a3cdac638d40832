import {
  createTestTopic,
  eventually,
  GatewayProcess,
  JavaClients,
  readTopic,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openLineageRun } from '../events/open-lineage-run.ts'
import { readLog } from '../log/read-log.ts'

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
let [source, topic, deadLetters] = ['', '', '']
let java: JavaClients
let gateway: GatewayProcess

beforeAll(async () => {
  ;[source, topic, deadLetters] = await Promise.all([createTestTopic(), createTestTopic(), createTestTopic()])
  const env = { GATEWAY_OPENLINEAGE_TOPIC: source, GATEWAY_GROUP: uniqueName('gateway') }
  gateway = new GatewayProcess({ stack: testStack(), topic, deadLetters, env })
  ;[java] = await Promise.all([JavaClients.start(testStack()), gateway.start()])
})
afterAll(async () => {
  java.stop()
  await gateway.stop()
})

const record = (job: string) => ({ value: Buffer.from(JSON.stringify(openLineageRun(job))) })

it('stores events of committed transactions in every codec of Kafka, none of the aborted, and reports a batch that is too large', async () => {
  for (const codec of codecs) {
    const [aborted, kept] = [uniqueName('aborted'), uniqueName('kept')]
    for (const name of [aborted, kept])
      await java.producer(name, { 'transactional.id': name, 'compression.type': codec, 'linger.ms': 20 })
    await java.begin(kept)
    await java.send(kept, source, [record(`${codec} 1`), record(`${codec} 2`)])
    await java.flush(kept)
    await java.begin(aborted)
    await java.send(aborted, source, [record('aborted')])
    await java.flush(aborted)
    await java.commit(kept)
    await java.begin(kept)
    await java.send(kept, source, [record('aborted')])
    await java.flush(kept)
    await java.send(aborted, source, [record('aborted')])
    await java.abort(kept)
    await java.abort(aborted)
  }
  const bomb = uniqueName('bomb')
  await java.producer(bomb, { 'compression.type': 'lz4', 'max.request.size': 200 << 20, 'buffer.memory': 300 << 20 })
  await java.send(bomb, source, [{ value: 100 << 20 }])
  const [offset] = await java.flush(bomb)
  await java.send(bomb, source, [record('the last')])
  await java.flush(bomb)

  const expected = [...codecs.flatMap((codec) => [`${codec} 1`, `${codec} 2`]), 'the last'].sort()
  await eventually(async () => {
    const events = [...(await readLog(topic)).values()]
    const jobs = events.flatMap(({ event }) => ('runId' in event && 'job' in event ? [event.job.name] : []))
    expect([...new Set(jobs)].sort()).toEqual(expected)
  }, 60_000)
  const letters = await readTopic(testKafka(), deadLetters)
  expect(letters.map(({ key, headers }) => `${key} ${headers['headwater-reason-code']}`)).toEqual([
    `${source}:0:${offset} UNREADABLE_BATCH`,
  ])
}, 180_000)
