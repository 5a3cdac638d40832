import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { SeededRandom } from '../../src/chaos/seeded-random.ts'
import { createTestTopic, testStack, uniqueName } from '../../src/index.ts'

const services = ['projector', 'gateway', 'api'] as const
const signals = ['SIGTERM', 'SIGINT'] as const
const seed = 20_261_201

// Writes a line when the first handler of SIGTERM is there: from then on signals are heard.
const reportFirstHandler = `data:text/javascript,process.on('newListener',function heard(name){if(name==='SIGTERM'){process.off('newListener',heard);setImmediate(()=>process.stdout.write('HEARS\\n'))}})`

type Case = { readonly service: (typeof services)[number]; readonly env: NodeJS.ProcessEnv; readonly afterMs: number }

/** Starts a built service, sends a signal after a while and the other one right after it. @returns how it ended, with what it printed */
async function endOf({ service, env, afterMs }: Case, [first, second]: readonly NodeJS.Signals[]): Promise<string> {
  const main = fileURLToPath(new URL(`../../../${service}/dist/main.js`, import.meta.url))
  const ports = { PROJECTOR_METRICS_PORT: '0', GATEWAY_PORT: '0', API_PORT: '0' }
  const child = spawn(process.execPath, ['--import', reportFirstHandler, main], {
    env: { ...process.env, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let hear: () => void = () => undefined
  const hears = new Promise<void>((resolve) => {
    hear = resolve
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part.toString()
      if (output.includes('HEARS')) hear()
    })
  }
  const ended = once(child, 'exit')
  await hears
  await setTimeout(afterMs)
  if (first !== undefined) child.kill(first)
  await setTimeout(2)
  if (second !== undefined) child.kill(second)
  const [code, signal] = await ended
  const trace = /^ +at .*|^headwater .*/m.exec(output)?.[0]
  return `${code ?? signal}${trace === undefined ? '' : ` ${trace}\n${output.slice(-1_500)}`}`
}

async function expectOrderlyEnds(env: NodeJS.ProcessEnv, times: number): Promise<void> {
  const random = new SeededRandom(seed)
  for (let n = 0; n < times; n++) {
    const afterMs = Math.floor(random.next() ** 2 * 3_000)
    const order = random.next() < 0.5 ? signals : signals.toReversed()
    const ends = await Promise.all(services.map((service) => endOf({ service, env, afterMs }, order)))
    expect(ends, `after ${afterMs} ms`).toEqual(services.map(() => '0'))
  }
}

it('signals at any moment of a start end each service with 0 and no stack trace, a second one too', async () => {
  const { kafkaBrokers, schemaRegistryUrl, clickhouseUrl } = testStack()
  const topic = await createTestTopic()
  const addresses = {
    KAFKA_BROKERS: kafkaBrokers,
    SCHEMA_REGISTRY_URL: schemaRegistryUrl,
    CLICKHOUSE_URL: clickhouseUrl,
  }
  const names = { PROJECTOR_TOPIC: topic, PROJECTOR_DEAD_LETTERS_TOPIC: `${topic}.dead`, PROJECTOR_GROUP: topic }
  const others = { CLICKHOUSE_DATABASE: uniqueName('signals'), GATEWAY_OPENLINEAGE_TOPIC: `${topic}.openlineage` }
  await expectOrderlyEnds({ ...addresses, ...names, ...others }, 5)
}, 180_000)

it('so do signals while Kafka, the registry and ClickHouse are away', async () => {
  const away = {
    KAFKA_BROKERS: '127.0.0.1:9',
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9',
    CLICKHOUSE_URL: 'http://127.0.0.1:9',
  }
  await expectOrderlyEnds(away, 4)
}, 180_000)
