import { quantile } from '../reading/timed-answers.ts'
import { KeepAliveClient } from './keep-alive-client.ts'
import type { Load, Measured, PartitionRange } from './load.ts'
import { openLineageBodies } from './open-lineage-bodies.ts'

// The load generator: posts a given number of bodies, on each connection the next once it has an answer, and prints what it measured.

const { url, amount, connections, isGzip } = JSON.parse(process.argv[2] ?? '') as Load
const address = new URL(url)
const headers = `POST ${address.pathname} HTTP/1.1\r\nhost: ${address.host}\r\ncontent-type: application/json\r\n${isGzip ? 'content-encoding: gzip\r\n' : ''}`
const requests = openLineageBodies(1_000, isGzip).map((body) =>
  Buffer.concat([Buffer.from(`${headers}content-length: ${body.length}\r\n\r\n`), body]),
)
const times = new Float64Array(amount)
const offsets = new Map<number, number[]>()
let [sent, refused] = [0, 0]

async function post(client: KeepAliveClient): Promise<void> {
  while (sent < amount) {
    const index = sent++
    const beganAt = performance.now()
    const { status, head } = await client.send(requests[index % requests.length] as Buffer)
    times[index] = performance.now() - beganAt
    if (status !== 201) refused++
    const [, partition, offset] = /^headwater-position: [^:]+:(\d+):(\d+)$/im.exec(head) ?? []
    if (partition === undefined) continue
    const known = offsets.get(Number(partition)) ?? []
    known.push(Number(offset))
    offsets.set(Number(partition), known)
  }
}

function rangeOf(partition: number, known: readonly number[]): PartitionRange {
  const [first, last] = known.reduce(
    ([least, most], each) => [Math.min(least, each), Math.max(most, each)],
    [Number.POSITIVE_INFINITY, -1],
  )
  return { partition, first, last, distinct: new Set(known).size }
}

const clients = await Promise.all(Array.from({ length: connections }, () => KeepAliveClient.connect(address)))
const beganAt = performance.now()
await Promise.all(clients.map(post))
const seconds = (performance.now() - beganAt) / 1_000
for (const client of clients) client.close()
const sorted = [...times].sort((a, b) => a - b)
const measured: Measured = {
  answered: amount,
  refused,
  perSecond: amount / seconds,
  p50Ms: quantile(sorted, 0.5),
  p99Ms: quantile(sorted, 0.99),
  ranges: [...offsets].map(([partition, known]) => rangeOf(partition, known)),
}
process.stdout.write(JSON.stringify(measured))
