import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { StackAddresses } from '@headwater/local'
import { createTestTopic, GatewayProcess, startTestStack, testKafka, uniqueName } from '@headwater/testing'
import { checkAcknowledged } from './gateway/acknowledged.ts'
import { gatewayCpu } from './gateway/gateway-cpu.ts'
import { load, type Measured } from './gateway/load.ts'
import { openLineageBodies } from './gateway/open-lineage-bodies.ts'
import { spreadText } from './spread.ts'

// The gateway, acknowledged by the broker, and an empty route, in turn, with the same bodies from the same load generator.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    events: { type: 'string', default: '30000' },
    connections: { type: 'string', default: '100,500' },
  },
})
const events = Number(values.events)
type Round = { readonly empty: Measured; readonly gateway: Measured; readonly cpuMicros: number }

const home = join(tmpdir(), uniqueName('headwater-bench'))
const { addresses: stack, stop } = await startTestStack({
  home,
  env: process.env,
  onProgress: console.log,
  isShortLived: false,
})
const topic = await createTestTopic(6, stack)
const gateway = new GatewayProcess({ stack, topic, env: { LOG_LEVEL: 'warn' } })
const empty = spawn(process.execPath, [fileURLToPath(new URL('gateway/empty-route.js', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const [address] = (await once(empty.stdout, 'data')) as [Buffer]
  await gateway.start()
  const [plain, gzip] = [false, true].map((isGzip) => openLineageBodies(1, isGzip)[0]?.length)
  console.log(
    `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}; bodies of ${plain} bytes, ${gzip} in gzip`,
  )
  const all = [await post(gateway.url, 50, false, events)] // warm-up
  await post(address.toString().trim(), 50, false, events)
  for (const connections of values.connections.split(',').map(Number)) {
    for (const isGzip of [false, true]) {
      const rounds: Round[] = []
      for (let round = 0; round < Number(values.rounds); round++) {
        rounds.push(await measured(address.toString().trim(), connections, isGzip))
      }
      all.push(...rounds.map((round) => round.gateway))
      report(`${connections} connections, ${isGzip ? 'gzip' : 'plain'}`, rounds)
    }
  }
  console.log(
    `${checkAcknowledged(all, await endsOf(stack, topic))} events were acknowledged, and each is where it was said`,
  )
} finally {
  empty.kill('SIGTERM')
  await gateway.stop()
  await stop()
}

function post(url: string, connections: number, isGzip: boolean, amount: number): Promise<Measured> {
  return load({ url: `${url}/api/v1/lineage`, amount, connections, isGzip })
}

async function measured(emptyUrl: string, connections: number, isGzip: boolean): Promise<Round> {
  const nothing = await post(emptyUrl, connections, isGzip, events)
  const before = await gatewayCpu(gateway.url)
  const stored = await post(gateway.url, connections, isGzip, events)
  const after = await gatewayCpu(gateway.url)
  const cpuMicros = (1e6 * (after.cpuSeconds - before.cpuSeconds)) / (after.events - before.events)
  return { empty: nothing, gateway: stored, cpuMicros }
}

function report(what: string, rounds: readonly Round[]): void {
  console.log(`${what}, load ${loadavg()[0]?.toFixed(1)}`)
  console.log(`  gateway  ${spreadText(rounds.map((round) => round.gateway.perSecond))}/s`)
  console.log(`  p50      ${spreadText(rounds.map((round) => round.gateway.p50Ms))} ms`)
  console.log(`  p99      ${spreadText(rounds.map((round) => round.gateway.p99Ms))} ms`)
  console.log(`  CPU      ${spreadText(rounds.map((round) => round.cpuMicros))} µs an event`)
  console.log(`  empty    ${spreadText(rounds.map((round) => round.empty.perSecond))}/s`)
  console.log(
    `  ratio    ${spreadText(rounds.map((round) => (100 * round.gateway.perSecond) / round.empty.perSecond))} %`,
  )
}

async function endsOf(addresses: StackAddresses, name: string): Promise<ReadonlyMap<number, number>> {
  const admin = testKafka(addresses).admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(name)
  await admin.disconnect()
  return new Map(ends.map(({ partition, high }) => [partition, Number(high)]))
}
