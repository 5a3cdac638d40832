import type { Kafka, KafkaMessage } from 'kafkajs'

// kafkajs sends only the requests that its clients need. Its cluster, with connections and logins, sends others as well; the client
// holds it behind a symbol. https://github.com/tulios/kafkajs/blob/v2.2.4/src/index.js

type Response<T> = { decode(payload: Buffer): Promise<T>; parse(decoded: T): Promise<T> }

export type ProtocolRequest<T> = {
  readonly request: {
    readonly apiKey: number
    readonly apiVersion: number
    readonly apiName: string
    /** An encoder of kafkajs, as far as requests need it. */
    encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>
  }
  readonly response: Response<T>
}

export type FetchedPartition = {
  readonly partition: number
  readonly messages: readonly KafkaMessage[]
}

export type Broker = {
  readonly versions: Readonly<Record<number, { readonly maxVersion: number }>> | null
  readonly connectionPool: { send<T>(request: ProtocolRequest<T>): Promise<T> }
  fetch(request: {
    readonly replicaId: -1
    readonly isolationLevel: 0
    readonly maxWaitTime: number
    readonly minBytes: number
    readonly maxBytes: number
    readonly topics: readonly {
      readonly topic: string
      readonly partitions: readonly {
        readonly partition: number
        readonly fetchOffset: string
        readonly maxBytes: number
      }[]
    }[]
  }): Promise<{ readonly responses: readonly { readonly partitions: readonly FetchedPartition[] }[] }>
}

export type Cluster = {
  connect(): Promise<void>
  disconnect(): Promise<void>
  addTargetTopic(topic: string): Promise<void>
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>
  findBroker(node: { readonly nodeId: string }): Promise<Broker>
  readonly brokerPool: { findConnectedBroker(): Promise<Broker> }
}

type CreateCluster = (options: { readonly metadataMaxAge: number; readonly allowAutoTopicCreation: false }) => Cluster

/** A cluster of the client's settings, not connected yet. It never creates topics. */
export function clusterOf(kafka: Kafka): Cluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )
  if (symbol === undefined) throw new Error('This version of kafkajs has no cluster')
  const createCluster = (kafka as unknown as Record<symbol, CreateCluster>)[symbol]
  if (createCluster === undefined) throw new Error('This version of kafkajs has no cluster')
  return createCluster({ metadataMaxAge: 300_000, allowAutoTopicCreation: false })
}
