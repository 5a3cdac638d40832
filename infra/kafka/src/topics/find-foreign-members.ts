import kafkajs, { type Admin } from 'kafkajs'
import type { TopicProblem } from './topic-problem.ts'

export type ReadingGroup = {
  readonly groupId: string
  readonly topic: string
  /** The variables that name group and topic. */
  readonly variables: readonly [group: string, topic: string]
}

/**
 * Finds members of a group that read another topic. kafkajs distributes the partitions of one topic among all members of a group, so
 * those that read the other one get partitions that they do not read, and nobody reads them.
 * @returns nothing where the group is not of consumers, or does not exist
 */
export async function findForeignMembers(
  admin: Pick<Admin, 'describeGroups'>,
  { groupId, topic, variables: [groupVariable, topicVariable] }: ReadingGroup,
): Promise<readonly TopicProblem[]> {
  const { groups } = await admin.describeGroups([groupId])
  const foreign = new Set<string>()
  for (const { memberMetadata, clientHost } of groups.flatMap(({ members }) => members))
    for (const other of topicsIn(memberMetadata)) if (other !== topic) foreign.add(`${other} (from ${clientHost})`)
  if (foreign.size === 0) return []
  return [
    {
      ...{ topic, setting: 'group', found: `${groupId}, which also reads ${[...foreign].sort().join(', ')}` },
      ...{ expected: 'a group that reads this topic only', isSerious: true },
      consequence: 'partitions are given to members that do not read them, and their events stay unread',
      remedy: `Set ${groupVariable}, or HEADWATER_PREFIX, to another value for each ${topicVariable}`,
    },
  ]
}

function topicsIn(metadata: Buffer): readonly string[] {
  if (metadata.length === 0) return [] // while the group is rebalancing
  try {
    return kafkajs.AssignerProtocol.MemberMetadata.decode(metadata)?.topics ?? []
  } catch {
    return []
  }
}
