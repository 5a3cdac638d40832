import kafkajs, { type Admin } from 'kafkajs'
import { type FoundTopic, type Judging, judgeTopic, type TopicUse } from './judge-topic.ts'
import type { TopicProblem } from './topic-problem.ts'

export type NamedTopic = { readonly name: string; readonly use: TopicUse }

export type TopicAdmin = Pick<Admin, 'describeConfigs' | 'fetchTopicMetadata' | 'describeCluster'>

export type TopicFindings = {
  readonly problems: readonly TopicProblem[]
  /** Topics that could not be checked, with the reason and what to do. */
  readonly unchecked: readonly { readonly topic: string; readonly reason: string }[]
}

/** Compares existing topics with what Headwater needs of them. Never throws: what cannot be checked has a reason. */
export async function findTopicProblems(
  admin: TopicAdmin,
  topics: readonly NamedTopic[],
  judging: Judging,
): Promise<TopicFindings> {
  const problems: TopicProblem[] = []
  const unchecked: { topic: string; reason: string }[] = []
  for (const topic of topics) {
    try {
      problems.push(...judgeTopic(await describe(admin, topic), judging))
    } catch (error) {
      if (brokerErrorOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') continue
      unchecked.push({ topic: topic.name, reason: reasonOf(error, topic.name, judging.bootstrapServer) })
    }
  }
  return { problems, unchecked }
}

async function describe(admin: TopicAdmin, { name, use }: NamedTopic): Promise<FoundTopic> {
  const [{ topics }, { brokers }] = await Promise.all([
    admin.fetchTopicMetadata({ topics: [name] }),
    admin.describeCluster(),
  ])
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name }
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] })
  const entries = resources.flatMap(({ configEntries }) => configEntries)
  const replicas = topics[0]?.partitions.map((partition) => partition.replicas.length) ?? []
  return {
    ...{ name, use, brokers: brokers.length, replicas: Math.min(...replicas) },
    settings: new Map(entries.map(({ configName, configValue }) => [configName, configValue])),
  }
}

function reasonOf(error: unknown, topic: string, bootstrapServer: string): string {
  const type = brokerErrorOf(error)
  if (type !== 'TOPIC_AUTHORIZATION_FAILED' && type !== 'CLUSTER_AUTHORIZATION_FAILED') return (error as Error).message
  return `this user lacks the right DescribeConfigs on the topic. Grant it with: kafka-acls.sh --bootstrap-server ${bootstrapServer} --add --allow-principal User:<name> --operation Describe --operation DescribeConfigs --topic ${topic}`
}

function brokerErrorOf(error: unknown): string | undefined {
  const { type, cause } = error as { readonly type?: string; readonly cause?: unknown }
  return type ?? (cause instanceof Error ? brokerErrorOf(cause) : undefined)
}
