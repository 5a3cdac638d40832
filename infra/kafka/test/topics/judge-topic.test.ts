import { describe, expect, it } from 'vitest'
import { judgeTopic, type TopicUse } from '../../src/topics/judge-topic.ts'

const asCreated: Record<TopicUse, Record<string, string>> = {
  events: {
    'message.timestamp.type': 'LogAppendTime',
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'max.message.bytes': '1048588',
    'min.insync.replicas': '1',
  },
  deadLetters: { 'cleanup.policy': 'compact', 'retention.ms': '604800000', 'min.insync.replicas': '1' },
  openLineage: { 'cleanup.policy': 'delete', 'retention.ms': '604800000', 'min.insync.replicas': '1' },
}

function problems(use: TopicUse, settings: Record<string, string> = {}, replicas = 1, brokers = 1) {
  const found = new Map(Object.entries({ ...asCreated[use], ...settings }))
  const judging = { bootstrapServer: 'kafka:9092', maxRecordBytes: 1_000_000 }
  return judgeTopic({ name: 'staging.events', use, settings: found, replicas, brokers }, judging)
}
const settingsOf = (found: ReturnType<typeof problems>) => found.map(({ setting, expected }) => [setting, expected])

describe('a topic as it was found', () => {
  it.each(['events', 'deadLetters', 'openLineage'] as const)('is well as it is created for %s', (use) => {
    expect(problems(use)).toEqual([])
    expect(problems(use, { 'min.insync.replicas': '2' }, 3, 3)).toEqual([])
  })

  it('names each setting under which events are lost, and the command that fixes it', () => {
    const found = problems('events', {
      'message.timestamp.type': 'CreateTime',
      'cleanup.policy': 'compact,delete',
      'retention.ms': '604800000',
      'retention.bytes': '1073741824',
    })
    expect(settingsOf(found)).toEqual([
      ['message.timestamp.type', 'LogAppendTime'],
      ['cleanup.policy', 'delete'],
      ['retention.ms', '-1'],
      ['retention.bytes', '-1'],
    ])
    expect(found.every(({ isSerious }) => isSerious)).toBe(true)
    expect(found[2]?.remedy).toBe(
      'Fix it with: kafka-configs.sh --bootstrap-server kafka:9092 --alter --entity-type topics --entity-name staging.events --add-config retention.ms=-1',
    )
  })

  it('does not mind retention where nothing is deleted by it', () => {
    expect(settingsOf(problems('events', { 'cleanup.policy': '', 'retention.ms': '1000' }))).toEqual([])
  })

  it('must take every record that the gateway accepts', () => {
    expect(settingsOf(problems('events', { 'max.message.bytes': '1000000' }))).toEqual([
      ['max.message.bytes', '1048576'],
    ])
  })

  it('keeps dead letters by compaction, and OpenLineage events without', () => {
    expect(problems('deadLetters', { 'cleanup.policy': 'delete' })).toMatchObject([{ isSerious: true }])
    expect(problems('deadLetters', { 'cleanup.policy': 'compact,delete' })).toMatchObject([{ isSerious: true }])
    const kept = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' }
    expect(problems('deadLetters', kept)).toMatchObject([{ setting: 'cleanup.policy', isSerious: false }])
    expect(settingsOf(problems('openLineage', { 'cleanup.policy': 'compact' }))).toEqual([['cleanup.policy', 'delete']])
  })

  it.each([
    ['no more replicas than brokers are wanted', 1, 1, 1, []],
    ['one replica among several brokers', 1, 1, 3, [['replication.factor', '3']]],
    ['more in-sync replicas than replicas', 3, 2, 3, [['min.insync.replicas', '1']]],
    ['an acknowledgement of one replica of three', 1, 3, 3, [['min.insync.replicas', '2']]],
    ['no replica that may be down', 3, 3, 3, [['min.insync.replicas', '2']]],
    ['two replicas, both needed', 2, 2, 3, [['replication.factor', '3']]],
    ['two replicas of two brokers', 1, 2, 2, []],
  ])('replicas: %s', (_, inSync, replicas, brokers, expected) => {
    expect(settingsOf(problems('events', { 'min.insync.replicas': String(inSync) }, replicas, brokers))).toEqual(
      expected,
    )
  })
})
