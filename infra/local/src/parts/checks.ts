import { createClient } from '@clickhouse/client'
import type { ClickHouseConnection } from '@headwater/config'
import type { KafkaAccess } from '@headwater/kafka'
import type { EventSchemaRegistry } from '@headwater/schemas'
import { Kafka, logLevel } from 'kafkajs'

// Each check uses the real protocol, and rejects with a sentence while the part does not serve.

/** The broker answers, has a controller, and its group coordinator is loaded. */
export async function checkKafka(brokers: string, access?: KafkaAccess): Promise<void> {
  const kafka = new Kafka({
    ...access,
    clientId: 'headwater-check',
    brokers: brokers.split(','),
    connectionTimeout: 1_000,
    authenticationTimeout: 5_000,
    requestTimeout: 10_000,
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    const { controller } = await admin.describeCluster()
    if (controller === null) throw new Error('the cluster has no controller yet')
    await admin.fetchOffsets({ groupId: 'headwater-check', topics: [] })
  } finally {
    await admin.disconnect()
  }
}

const probeSubject = 'headwater-check'
const probeSchema = JSON.stringify({ type: 'record', name: 'Probe', namespace: 'headwater.check', fields: [] })

/** The registry registers a schema and finds it again by its id. */
export async function checkRegistry(url: string): Promise<void> {
  const signal = AbortSignal.timeout(5_000)
  const registering = await fetch(`${url}/subjects/${probeSubject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: probeSchema }),
    signal,
  })
  if (!registering.ok) throw new Error(`it answers ${registering.status} to a new schema`)
  const { id } = (await registering.json()) as { readonly id: number }
  const response = await fetch(`${url}/schemas/ids/${id}`, { signal })
  if (!response.ok) throw new Error(`schema id ${id} is not found again (${response.status})`)
}

/** The registry answers. Writes nothing, since the registry may be shared. */
export async function checkRegistryReads(registry: Pick<EventSchemaRegistry, 'hasTopic'>): Promise<void> {
  await registry.hasTopic(probeSubject)
}

/** ClickHouse answers a query, not only a ping. */
export async function checkClickHouse(connection: ClickHouseConnection): Promise<void> {
  const client = createClient({ ...connection, request_timeout: 2_000, log: { level: 127 } })
  try {
    const result = await client.query({ query: 'SELECT 1 AS one', format: 'JSONEachRow' })
    await result.json()
  } finally {
    await client.close()
  }
}
