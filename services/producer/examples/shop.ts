import {
  addMetrics,
  asset,
  check,
  createProducer,
  kafkaTransport,
  memoryTransport,
  reference,
  type Transport,
} from '@headwater/producer'

type Order = { readonly id: number; readonly region: string; readonly amount: number }

/** Orders from an external file, one asset for each region (a fan-out), and a report of all regions. */
export function shop(transport: Transport) {
  const { materialize, task, flow, close } = createProducer({ transport, namespace: 'shop' })

  const orders = materialize(
    asset('postgres://shop/db/public/orders', { name: 'Orders', owners: ['sales'] }),
    { by: 'duckdb' },
    async (day: string): Promise<readonly Order[]> => {
      reference(`s3://raw/orders/${day}.csv`)
      const rows = ['north', 'south', 'north'].map((region, id) => ({ id, region, amount: id * 10 }))
      addMetrics({ rows: rows.length })
      check({ name: 'some orders', passed: rows.length > 0 })
      return rows
    },
  )

  const perRegion = task((rows: readonly Order[]) => {
    const regions = new Set(rows.map(({ region }) => region))
    return [...regions].map((region) => ({ region, rows: rows.filter((row) => row.region === region) }))
  })

  const part = materialize(
    (region) => `s3://shop/orders/${region}`,
    { name: 'part' },
    async (_region: string, rows: readonly Order[]) => ({ total: rows.reduce((sum, { amount }) => sum + amount, 0) }),
  )

  const report = materialize('s3://shop/report', async (producer: readonly { total: number }[]) => producer.length)

  const nightly = flow('nightly', async (day: string) => {
    const regions = await perRegion(await orders(day))
    return report(await Promise.all(regions.map(({ region, rows }) => part(region, rows))))
  })
  return { nightly, close }
}

export const toKafka = () =>
  shop(kafkaTransport({ brokers: ['localhost:9092'], schemaRegistryUrl: 'http://localhost:8081/apis/ccompat/v7' }))

export const inMemory = () => {
  const transport = memoryTransport()
  return { ...shop(transport), transport }
}
