import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKafkaDeadLetterLog, formatPosition } from '@headwater/kafka'
import { createTestTopic, readTopic, testKafka, testStack } from '@headwater/testing'
import { expect, it, onTestFinished } from 'vitest'
import { runHeadwater } from '../run-headwater.ts'

const recordOf = (topic: string, offset: number, value: string) => ({
  ...{ topic, partition: 0, offset, recordedAt: 1_790_000_000_000, key: null, retry: undefined },
  value: Buffer.from(value),
})

it('a retry sends no batch that cannot be read, says so, leaves it open and fails; it can be dropped', async () => {
  const [topic, deadLetters, home] = await Promise.all([
    createTestTopic(),
    createTestTopic(),
    mkdtemp(join(tmpdir(), 'headwater-dlq-')),
  ])
  const producer = testKafka().producer()
  await producer.connect()
  onTestFinished(async () => {
    await producer.disconnect()
    await rm(home, { recursive: true, force: true })
  })
  const [batch, record] = [recordOf(topic, 3, 'a whole batch'), recordOf(topic, 9, 'not avro')]
  const reason = 'Records 3 to 8 do not match their checksum'
  await createKafkaDeadLetterLog(producer, deadLetters).append([
    { record: batch, code: 'UNREADABLE_BATCH', reason },
    { record, code: 'NOT_FRAMED', reason: 'Payload starts with byte 110, not with 0' },
  ])
  const env = {
    ...{ PATH: process.env['PATH'], HEADWATER_HOME: home, KAFKA_BROKERS: testStack().kafkaBrokers },
    ...{ SCHEMA_REGISTRY_URL: testStack().schemaRegistryUrl, HEADWATER_API_URL: 'http://127.0.0.1:1' },
    ...{ PROJECTOR_TOPIC: topic, PROJECTOR_DEAD_LETTERS_TOPIC: deadLetters },
  }
  const dlq = (...args: readonly string[]) => runHeadwater(['dlq', ...args], env)

  const all = await dlq('retry', '--all', '--timeout', '0')
  expect(all.stderr).toContain(
    '1 not sent: whole batches of records. Send their events again, or rebuild once they can',
  )
  expect(all.stderr).toContain('Sent 1 again')
  expect((await readTopic(testKafka(), topic)).map(({ value }) => String(value))).toEqual(['not avro'])
  const open = JSON.parse((await dlq('list', '--json')).stdout)
  expect(open).toMatchObject({
    open: 1,
    items: [{ position: formatPosition(batch), code: 'UNREADABLE_BATCH', reason }],
  })

  const alone = await dlq('retry', formatPosition(batch), '--timeout', '1')
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining('1 not sent: whole batches') })
  expect(await readTopic(testKafka(), topic)).toHaveLength(1)
  expect(await dlq('drop', formatPosition(batch), '--note', 'sent again')).toMatchObject({ code: 0 })
  expect((await dlq('list')).stderr).toContain('No open dead letters\n')
}, 120_000)
