import { createTopicCheck, type TopicProblem } from '@headwater/kafka'
import { createTestTopic, eventually, testKafka, uniqueName } from '@headwater/testing'
import kafkajs from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const admin = testKafka().admin()
beforeAll(() => admin.connect())
afterAll(() => admin.disconnect())

const reading = (groupId: string, topic: string) => ({
  groupId,
  topic,
  variables: ['PROJECTOR_GROUP', 'PROJECTOR_TOPIC'] as const,
})

function checkOf(events: string, groupId = uniqueName('group')) {
  const lines: string[] = []
  const logger = pino(
    { level: 'warn' },
    { write: (line) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
  )
  let problems: readonly TopicProblem[] = []
  const check = createTopicCheck({
    ...{ admin, logger, judging: { bootstrapServer: 'kafka:9092' }, group: reading(groupId, events) },
    topics: [{ name: events, use: 'events' }],
    onFound: (found) => {
      problems = found
    },
  })
  return { check, lines, settings: () => problems.map(({ setting }) => setting) }
}

const configure = (name: string, settings: Record<string, string>) =>
  admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        ...{ type: kafkajs.ConfigResourceTypes.TOPIC, name },
        configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
      },
    ],
  })

describe('the check of topics', () => {
  it('finds nothing in a topic as it is created', async () => {
    const { check, lines, settings } = checkOf(await createTestTopic())
    await check.require()
    expect(settings()).toEqual([])
    expect(lines).toEqual([])
  })

  it('names what an administrator changed once, until it is changed back', async () => {
    const topic = await createTestTopic()
    const { check, lines, settings } = checkOf(topic)
    await configure(topic, { 'message.timestamp.type': 'CreateTime', 'cleanup.policy': 'compact' })
    await eventually(async () => {
      await check.check()
      expect(settings()).toEqual(['message.timestamp.type', 'cleanup.policy'])
    })
    await check.check()
    expect(lines.filter((line) => line.includes('--add-config cleanup.policy=delete'))).toHaveLength(1)
    await expect(check.require()).rejects.toMatchObject({ code: 'TOPIC_UNSUITABLE', retryable: false })
    await configure(topic, { 'message.timestamp.type': 'LogAppendTime', 'retention.ms': '-1' })
    await eventually(async () => {
      await check.require()
      expect(settings()).toEqual([])
    })
  })

  it('finds a member of the group that reads the topic of another environment', async () => {
    const [mine, theirs, groupId] = [await createTestTopic(), await createTestTopic(), uniqueName('group')]
    const consumer = testKafka().consumer({ groupId })
    await consumer.connect()
    try {
      await consumer.subscribe({ topics: [theirs] })
      await consumer.run({ eachMessage: async () => undefined })
      const { check, settings, lines } = checkOf(mine, groupId)
      await eventually(async () => {
        await check.check()
        expect(settings()).toEqual(['group'])
      })
      expect(lines[0]).toContain(`${groupId}, which also reads ${theirs}`)
    } finally {
      await consumer.disconnect()
    }
  })

  it('names the missing right where a topic cannot be described', async () => {
    const refused = Object.assign(new Error('Not authorized'), { type: 'TOPIC_AUTHORIZATION_FAILED' })
    const lines: string[] = []
    const check = createTopicCheck({
      admin: { ...admin, describeConfigs: () => Promise.reject(refused) },
      ...{ group: undefined, judging: { bootstrapServer: 'kafka:9092' }, onFound: () => undefined },
      topics: [{ name: await createTestTopic(), use: 'events' }],
      logger: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }),
    })
    await check.require()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('lacks the right DescribeConfigs')
  })
})
