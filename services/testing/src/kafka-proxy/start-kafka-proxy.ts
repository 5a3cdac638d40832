import { connect, createServer, type Socket } from 'node:net'
import type { StackAddresses } from '@headwater/local'
import { Kafka, logLevel } from 'kafkajs'
import { testStack } from '../stack/test-stack.ts'
import { Frames } from './frames.ts'
import { withErrorCode, withoutRecords } from './rewrite-answer.ts'

/** What happens to answers. `noRecords`: fetches find nothing. Otherwise the error code that answers to this request have. */
export type KafkaFault = 'noRecords' | { readonly request: keyof typeof apiKeys; readonly code: number }

export type KafkaProxy = {
  /** A client whose connections all go through the proxy. */
  readonly kafka: Kafka
  /** Answers on the connections that are open now. */
  spoilOpen(fault: KafkaFault): void
  /** Answers on all connections, those to come included, until it is called again. */
  spoilAll(fault: KafkaFault | undefined): void
  /** How many answers were changed. */
  readonly spoilt: number
  close(): Promise<void>
}

const apiKeys = { fetch: 1, findCoordinator: 10, heartbeat: 12 } as const

type Passing = { readonly client: Socket; readonly broker: Socket; fault: KafkaFault | undefined }

/** A proxy on loopback before the one broker, which understands enough of the protocol to change answers. */
export async function startKafkaProxy(stack: StackAddresses = testStack()): Promise<KafkaProxy> {
  const [host = '', port] = stack.kafkaBrokers.split(':')
  const open = new Set<Passing>()
  let [fault, spoilt]: [KafkaFault | undefined, number] = [undefined, 0]
  const server = createServer((client) => {
    const passing: Passing = { client, broker: connect(Number(port), host), fault: undefined }
    open.add(passing)
    passAnswers(passing, (apiKey, version, answer) => {
      const changed = changedBy(passing.fault ?? fault, apiKey, version, answer)
      if (changed !== undefined) spoilt++
      return changed ?? answer
    })
    const end = () => {
      open.delete(passing)
      client.destroy()
      passing.broker.destroy()
    }
    for (const socket of [client, passing.broker]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: proxyPort } = server.address() as { port: number }
  return {
    kafka: new Kafka({
      ...{ clientId: 'headwater-test', brokers: [`127.0.0.1:${proxyPort}`], logLevel: logLevel.NOTHING },
      socketFactory: ({ onConnect }) => connect(proxyPort, '127.0.0.1', onConnect),
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
    }),
    spoilOpen(next) {
      for (const passing of open) passing.fault = next
    },
    spoilAll(next) {
      fault = next
    },
    get spoilt() {
      return spoilt
    },
    close() {
      for (const { client } of open) client.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

type Change = (apiKey: number, version: number, answer: Buffer) => Buffer

/** Passes both ways; answers come in the order of the requests. */
function passAnswers({ client, broker }: Passing, change: Change): void {
  const asked: { readonly apiKey: number; readonly version: number }[] = []
  const [requests, answers] = [new Frames(), new Frames()]
  client.on('data', (part) => {
    for (const frame of requests.add(part)) {
      asked.push({ apiKey: frame.readInt16BE(0), version: frame.readInt16BE(2) })
      broker.write(Frames.of(frame))
    }
  })
  broker.on('data', (part) => {
    for (const frame of answers.add(part)) {
      const { apiKey = -1, version = 0 } = asked.shift() ?? {}
      client.write(Frames.of(change(apiKey, version, frame)))
    }
  })
}

function changedBy(fault: KafkaFault | undefined, apiKey: number, version: number, answer: Buffer): Buffer | undefined {
  if (fault === 'noRecords') return apiKey === apiKeys.fetch ? withoutRecords(answer, version) : undefined
  if (fault === undefined || apiKeys[fault.request] !== apiKey) return undefined
  return withErrorCode(answer, fault.code)
}
