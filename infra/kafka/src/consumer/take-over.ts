import kafkajs, { type Broker, type Cluster, type PartitionAssigner } from 'kafkajs'

// A member that was killed keeps its partitions until its session ends. Its successor removes it from the group instead of waiting: the
// member with the same client id, which therefore must be one that no other living process can have (`instanceIdOf`).

type Member = { readonly memberId: string; readonly clientId: string }

type Coordinator = Omit<Broker, 'describeGroups'> & {
  describeGroups(request: {
    groupIds: readonly string[]
  }): Promise<{ groups: readonly { members: readonly Member[] }[] }>
  leaveGroup(request: { groupId: string; memberId: string }): Promise<void>
}

export type TakeOver = {
  /** For the consumer that takes over: kafkajs's own assigner. */
  readonly assigner: PartitionAssigner
  /** To be called when the consumer is connected and has not joined. @returns how many dead members were removed */
  removeDead(): Promise<number>
}

/** Takes over from dead members of a group that have the client id of this consumer. */
export function createTakeOver(groupId: string, clientId: string): TakeOver {
  let cluster: Cluster | undefined
  return {
    assigner(config) {
      cluster = config.cluster
      return kafkajs.PartitionAssigners.roundRobin(config)
    },
    async removeDead() {
      const coordinator = (await cluster?.findGroupCoordinator({ groupId })) as Coordinator | undefined
      const found = await coordinator?.describeGroups({ groupIds: [groupId] })
      const dead = (found?.groups ?? []).flatMap(({ members }) => members).filter((each) => each.clientId === clientId)
      for (const { memberId } of dead) await coordinator?.leaveGroup({ groupId, memberId })
      return dead.length
    },
  }
}
