import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { StackAddresses } from '@headwater/local'
import { createTestTopic, GatewayProcess, startTestStack, testKafka, uniqueName } from '@headwater/testing'
import { load, type Measured } from './load.ts'

// The gateway, acknowledged by the broker, and an empty route, in turn, with the same body from the same load generator.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '100' },
  },
})
const body = JSON.stringify({
  eventTime: '2026-01-15T12:00:00.000Z',
  eventType: 'COMPLETE',
  producer: 'https://github.com/OpenLineage/OpenLineage/tree/1.54.0/integration/spark',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '01890f3c-5b1e-7c3a-8f00-000000000001' },
  job: { namespace: 'shop', name: 'load.orders' },
  inputs: [
    { namespace: 's3://lake', name: 'raw/orders' },
    { namespace: 's3://lake', name: 'raw/customers' },
  ],
  outputs: [
    {
      namespace: 'postgres://db:5432',
      name: 'shop.public.orders',
      outputFacets: { outputStatistics: { rowCount: 5, size: 100 } },
    },
  ],
})
const { stack, stop } = await startStack()
const topic = await createTestTopic(6, stack)
const gateway = new GatewayProcess({ stack, topic, env: { LOG_LEVEL: 'warn' } })
const empty = spawn(process.execPath, [fileURLToPath(new URL('empty-route.js', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [address] = (await once(empty.stdout, 'data')) as [Buffer]
  await gateway.start()
  const measure = (url: string) =>
    load({
      url: `${url}/api/v1/lineage`,
      body,
      seconds: Number(values.seconds),
      connections: Number(values.connections),
    })
  console.log(
    `${cpus().length} cores, Node ${process.version}; a body of ${body.length} bytes, ${values.connections} connections`,
  )
  await measure(gateway.url) // warm-up
  const rounds: { readonly empty: Measured; readonly gateway: Measured }[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push({ empty: await measure(address.toString().trim()), gateway: await measure(gateway.url) })
    const last = rounds.at(-1)
    console.log(`round ${round + 1}: empty route ${shown(last?.empty)}; gateway ${shown(last?.gateway)}`)
  }
  console.log(`gateway  ${spread(rounds.map((round) => round.gateway.perSecond))}/s`)
  console.log(`empty    ${spread(rounds.map((round) => round.empty.perSecond))}/s`)
  console.log(`ratio    ${spread(rounds.map((round) => (100 * round.gateway.perSecond) / round.empty.perSecond))} %`)
  console.log(`${await recordsIn(stack, topic)} records are in the log`)
} finally {
  empty.kill('SIGTERM')
  await gateway.stop()
  await stop()
}

async function startStack() {
  const home = join(tmpdir(), uniqueName('headwater-bench'))
  const started = await startTestStack({ home, env: process.env, onProgress: console.log })
  return { stack: started.addresses, stop: started.stop }
}

async function recordsIn(stack: StackAddresses, topic: string): Promise<number> {
  const admin = testKafka(stack).admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  return ends.reduce((sum, { high }) => sum + Number(high), 0)
}

function shown(measured: Measured | undefined): string {
  const { perSecond = 0, p50Ms, p99Ms } = measured ?? {}
  return `${Math.round(perSecond)}/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms`
}

function spread(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b).map(Math.round)
  return `median ${sorted[Math.floor(sorted.length / 2)]} (min ${sorted[0]}, max ${sorted.at(-1)})`
}
