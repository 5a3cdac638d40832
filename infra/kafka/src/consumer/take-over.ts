import kafkajs, { type Broker, type Cluster, type PartitionAssigner } from 'kafkajs'
import { refusalOf } from '../errors/missing-right.ts'

// A member that was killed keeps its partitions until its session ends. Its successor removes it from the group instead of waiting: the
// member with the same client id, which therefore must be one that no other living process can have (`instanceIdOf`).

type Member = { readonly memberId: string; readonly clientId: string }

type Coordinator = Omit<Broker, 'describeGroups'> & {
  findGroupCoordinator(request: { groupId: string; coordinatorType: 0 }): Promise<unknown>
  describeGroups(request: {
    groupIds: readonly string[]
  }): Promise<{ groups: readonly { members: readonly Member[] }[] }>
  leaveGroup(request: { groupId: string; memberId: string }): Promise<void>
}

export type TakeOver = {
  /** For the consumer that takes over: kafkajs's own assigner. */
  readonly assigner: PartitionAssigner
  /**
   * Removes dead members, as far as that works. To be called when the consumer is connected and has not joined.
   * @throws the refusal where the group may not be joined, which kafkajs reports as a coordinator that is not found
   */
  prepare(): Promise<void>
}

/** Takes over from dead members of a group that have the client id `instanceId`; from none if it is undefined. */
export function createTakeOver(groupId: string, instanceId: string | undefined): TakeOver {
  let cluster: Cluster | undefined
  return {
    assigner(config) {
      cluster = config.cluster
      return kafkajs.PartitionAssigners.roundRobin(config)
    },
    async prepare() {
      if (cluster === undefined) return
      await requireRights(cluster, groupId)
      if (instanceId !== undefined) await removeDead(cluster, groupId, instanceId).catch(() => undefined) // sessions end by themselves
    },
  }
}

async function requireRights(cluster: Cluster, groupId: string): Promise<void> {
  try {
    const [nodeId] = cluster.getNodeIds()
    const broker = (await cluster.findBroker({ nodeId: String(nodeId) })) as unknown as Coordinator
    await broker.findGroupCoordinator({ groupId, coordinatorType: 0 })
  } catch (error) {
    if (refusalOf(error) !== undefined) throw error
  }
}

async function removeDead(cluster: Cluster, groupId: string, instanceId: string): Promise<void> {
  const coordinator = (await cluster.findGroupCoordinator({ groupId })) as unknown as Coordinator
  const { groups } = await coordinator.describeGroups({ groupIds: [groupId] })
  const dead = groups.flatMap(({ members }) => members).filter((each) => each.clientId === instanceId)
  for (const { memberId } of dead) await coordinator.leaveGroup({ groupId, memberId })
}
