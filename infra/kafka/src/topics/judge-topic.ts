import type { TopicProblem } from './topic-problem.ts'

/** What a topic is for: the log, its dead letters, or OpenLineage events that wait for the gateway. */
export type TopicUse = 'events' | 'deadLetters' | 'openLineage'

export type FoundTopic = {
  readonly name: string
  readonly use: TopicUse
  /** Values by name, as the broker describes them. */
  readonly settings: ReadonlyMap<string, string>
  /** Of the partition that has the fewest. */
  readonly replicas: number
  readonly brokers: number
}

export type Judging = {
  /** For the commands in remedies. */
  readonly bootstrapServer: string
  /** The largest record that is sent to the log; undefined where this is not known. */
  readonly maxRecordBytes?: number | undefined
}

/** A record batch has a header, and a record has lengths, beside the bytes of key and value. */
const batchOverheadBytes = 512

/** Compares a topic with what its use needs. The most important problems come first. */
export function judgeTopic(topic: FoundTopic, judging: Judging): readonly TopicProblem[] {
  const checks = { events: eventsProblems, deadLetters: deadLettersProblems, openLineage: openLineageProblems }
  return [...checks[topic.use](topic, judging), ...replicaProblems(topic, judging)]
}

function eventsProblems(topic: FoundTopic, judging: Judging): readonly TopicProblem[] {
  const { settings } = topic
  const policies = policiesOf(topic)
  const problem = problemOf(topic, judging)
  const problems: TopicProblem[] = []
  if (differs(settings.get('message.timestamp.type'), 'LogAppendTime')) {
    const consequence =
      'events count as recorded when clocks of producers say, so answers known at a time are not reliable'
    problems.push(problem('message.timestamp.type', 'LogAppendTime', consequence, true))
  }
  if (policies.includes('compact')) {
    const consequence = 'Kafka deletes events whose key a later event has, and tables cannot be rebuilt'
    problems.push(problem('cleanup.policy', 'delete', consequence, true))
  }
  if (policies.includes('delete')) {
    for (const name of ['retention.ms', 'retention.bytes'])
      if (differs(settings.get(name), '-1')) {
        const consequence = 'Kafka deletes old events: unread ones are lost, and tables cannot be rebuilt'
        problems.push(problem(name, '-1', consequence, true))
      }
  }
  const [largest, wanted] = [Number(settings.get('max.message.bytes')), judging.maxRecordBytes]
  if (wanted !== undefined && largest < wanted + batchOverheadBytes) {
    const consequence = `events of up to GATEWAY_MAX_RECORD_BYTES (${wanted}) are accepted by the gateway and refused by the topic`
    problems.push(problem('max.message.bytes', String(wanted + 48_576), consequence, false))
  }
  return problems
}

function deadLettersProblems(topic: FoundTopic, judging: Judging): readonly TopicProblem[] {
  const { settings } = topic
  const policies = policiesOf(topic)
  const problem = problemOf(topic, judging)
  const keepsAll = !differs(settings.get('retention.ms'), '-1') && !differs(settings.get('retention.bytes'), '-1')
  if (policies.includes('delete') && !keepsAll) {
    const consequence = 'Kafka deletes old dead letters and the decisions about them'
    return [problem('cleanup.policy', 'compact', consequence, true)]
  }
  if (policies.length > 0 && !policies.includes('compact')) {
    const consequence = 'copies of dead letters and of decisions pile up'
    return [problem('cleanup.policy', 'compact', consequence, false)]
  }
  return []
}

function openLineageProblems(topic: FoundTopic, judging: Judging): readonly TopicProblem[] {
  if (!policiesOf(topic).includes('compact')) return []
  const consequence = 'Kafka deletes events of a run that a later event of the run follows, read or not'
  return [problemOf(topic, judging)('cleanup.policy', 'delete', consequence, true)]
}

function replicaProblems(topic: FoundTopic, judging: Judging): readonly TopicProblem[] {
  const { settings, replicas, brokers, name } = topic
  const inSync = Number(settings.get('min.insync.replicas') ?? Number.NaN)
  const problem = problemOf(topic, judging)
  const tooFew: TopicProblem = {
    ...{ topic: name, setting: 'replication.factor', found: String(replicas), expected: String(Math.min(3, brokers)) },
    consequence: 'what one broker has is lost with its disk, or not available while it is down',
    remedy: `List more replicas for each partition in a file, then: kafka-reassign-partitions.sh --bootstrap-server ${judging.bootstrapServer} --reassignment-json-file replicas.json --execute`,
    isSerious: false,
  }
  if (inSync > replicas) {
    const consequence = `no write with acks=all is acknowledged, since there are ${replicas} replicas`
    return [problem('min.insync.replicas', String(Math.max(1, replicas - 1)), consequence, true)]
  }
  if (replicas < Math.min(2, brokers)) return [tooFew]
  if (replicas >= 2 && inSync === replicas && brokers > 2) {
    if (replicas === 2) return [tooFew]
    const consequence = 'no event is accepted while one broker is down'
    return [problem('min.insync.replicas', String(replicas - 1), consequence, false)]
  }
  if (replicas >= 3 && inSync === 1) {
    const consequence = 'an acknowledged event may be on one broker only, and is lost with it'
    return [problem('min.insync.replicas', '2', consequence, false)]
  }
  return []
}

/** A setting that a broker does not describe is not judged. */
const differs = (found: string | undefined, wanted: string): boolean => found !== undefined && found !== wanted

const policiesOf = ({ settings }: FoundTopic): readonly string[] =>
  (settings.get('cleanup.policy') ?? '')
    .split(',')
    .map((policy) => policy.trim())
    .filter((policy) => policy !== '')

const problemOf =
  ({ name, settings }: FoundTopic, { bootstrapServer }: Judging) =>
  (setting: string, expected: string, consequence: string, isSerious: boolean): TopicProblem => ({
    ...{ topic: name, setting, found: settings.get(setting) ?? '', expected, consequence, isSerious },
    remedy: `Fix it with: kafka-configs.sh --bootstrap-server ${bootstrapServer} --alter --entity-type topics --entity-name ${name} --add-config ${setting}=${expected}`,
  })
