import { createUncommittedAdmin } from '@headwater/kafka'
import { createTestTopic, eventually, sendRecords, testKafka, uniqueName } from '@headwater/testing'
import { expect, it, onTestFinished } from 'vitest'
import { createOpenTransactions, type OpenTransaction } from '../../src/log/open-transactions.ts'

it('reports a transaction that stays open on the broker, with what waits behind it, and forgets it when it ends', async () => {
  const topic = await createTestTopic(2)
  const kafka = testKafka()
  const [committed, uncommitted] = [kafka.admin(), createUncommittedAdmin(kafka)]
  const producer = kafka.producer({ transactionalId: uniqueName('txn'), idempotent: true, maxInFlightRequests: 1 })
  const clients = [committed, uncommitted, producer]
  await Promise.all(clients.map((client) => client.connect()))
  onTestFinished(async () => void (await Promise.all(clients.map((client) => client.disconnect()))))
  let now = 0
  const [hanging, openMs]: [OpenTransaction[], Map<number, number>] = [[], new Map()]
  const check = createOpenTransactions({
    ...{ topic, committed, uncommitted, now: () => now },
    onOpen: (partition, ms) => openMs.set(partition, ms),
    onHanging: (transaction) => hanging.push(transaction),
  })
  const record = { key: null, value: Buffer.from('x'), partition: 1 }
  await sendRecords(topic, [record, record])
  await check([0, 1])
  expect(openMs.size).toBe(0)
  const transaction = await producer.transaction()
  await transaction.send({ topic, messages: [record] })
  await sendRecords(topic, [record]) // cannot be read either
  await check([0, 1])
  now = 100_000
  await check([0, 1])
  await check([0, 1])
  expect([...openMs]).toEqual([[1, 100_000]])
  expect(hanging).toEqual([{ partition: 1, offset: 2, records: 2, openMs: 100_000 }])
  await transaction.commit()
  await eventually(async () => {
    await check([0, 1])
    expect([...openMs]).toEqual([[1, 0]])
  })
  expect(hanging).toHaveLength(1)
}, 60_000)
