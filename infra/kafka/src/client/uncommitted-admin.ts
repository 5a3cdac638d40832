import type { Admin, Kafka } from 'kafkajs'

type CreateCluster = (options: object) => object

/** An admin client whose offsets include the records of open transactions; those of any other end before the first open one. */
export function createUncommittedAdmin(kafka: Kafka): Admin {
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )
  if (symbol === undefined) throw new Error('This version of kafkajs has no cluster')
  const createCluster = Reflect.get(kafka, symbol) as CreateCluster
  const readUncommitted: CreateCluster = (options) => createCluster({ ...options, isolationLevel: 0 })
  const uncommitted = Object.create(kafka, { [symbol]: { value: readUncommitted } }) as Kafka
  return uncommitted.admin()
}
