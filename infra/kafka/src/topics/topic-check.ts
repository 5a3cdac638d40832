import type { Admin } from 'kafkajs'
import type { Logger } from 'pino'
import { KafkaError } from '../errors/kafka-error.ts'
import { findForeignMembers, type ReadingGroup } from './find-foreign-members.ts'
import { findTopicProblems, type NamedTopic, type TopicAdmin } from './find-topic-problems.ts'
import type { Judging } from './judge-topic.ts'
import { problemText, type TopicProblem } from './topic-problem.ts'

export type TopicCheckOptions = {
  readonly admin: TopicAdmin & Pick<Admin, 'describeGroups'>
  readonly topics: readonly NamedTopic[]
  readonly group: ReadingGroup | undefined
  readonly judging: Judging
  readonly logger: Logger
  /** Called with all problems that are there now. */
  readonly onFound: (problems: readonly TopicProblem[]) => void
}

export type TopicCheck = {
  /** Checks, logs what is new, and returns all problems that are there now. */
  check(): Promise<readonly TopicProblem[]>
  /** @throws KafkaError TOPIC_UNSUITABLE when one of the problems is serious */
  require(): Promise<void>
}

/** Checks topics and group as often as it is called, and logs each problem once until it is fixed. */
export function createTopicCheck(options: TopicCheckOptions): TopicCheck {
  const { admin, topics, group, judging, logger, onFound } = options
  let logged: ReadonlySet<string> = new Set()

  async function check(): Promise<readonly TopicProblem[]> {
    const { problems: ofTopics, unchecked } = await findTopicProblems(admin, topics, judging)
    const problems = [...ofTopics, ...(group === undefined ? [] : await foreignMembers(group))]
    const lines = new Set([
      ...problems.map(problemText),
      ...unchecked.map(({ topic, reason }) => `The settings of topic ${topic} cannot be checked: ${reason}`),
    ])
    for (const line of lines) if (!logged.has(line)) logger.warn(line)
    logged = lines
    onFound(problems)
    return problems
  }
  const foreignMembers = (reading: ReadingGroup) =>
    findForeignMembers(admin, reading).catch((error: Error) => {
      logger.debug({ reason: error.message }, 'Cannot describe the consumer group')
      return []
    })

  return {
    check,
    async require() {
      const serious = (await check()).filter(({ isSerious }) => isSerious)
      if (serious.length === 0) return
      const detail = serious.map(problemText).join('; ')
      throw new KafkaError('TOPIC_UNSUITABLE', `${detail}. To start in spite of it, set KAFKA_TOPIC_CHECK=warn`, {
        retryable: false,
      })
    },
  }
}
