import type { Engine } from './engine.ts'
import type { QueryRequest } from './query-request.ts'

// clickhouse-go begins with this query, reads its answer by the revision of the protocol that it sends as `client_protocol_version`, and
// every later answer by the revision that the first one names. The engine writes blocks of revision 0 only, so that is what is named.
// Drivers that send no such query (clickhouse-go before 2.36, clickhouse-connect) accept blocks of revision 0 by themselves.

const query = /^\s*SELECT\s+displayName\(\),\s*version\(\),\s*revision\(\),\s*timezone\(\)\s*;?\s*$/i
const revisionWithSerializations = 54_454

/** Whether this is the first query of a driver that reads its answer by a revision of the protocol. */
export const isGreeting = ({ statement, format, protocolVersion }: QueryRequest): boolean =>
  protocolVersion >= revisionWithSerializations && format === 'Native' && query.test(statement.sql)

/** The answer to the greeting: one block, in the format of the driver's revision. */
export async function* greet(engine: Engine, request: QueryRequest, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const parts: Uint8Array[] = []
  const asked = { ...request, format: 'JSONCompactEachRow' }
  for await (const part of engine.run(asked, signal, () => undefined)) parts.push(part)
  const [name = '', version = '', , zone = ''] = JSON.parse(Buffer.concat(parts).toString()) as readonly string[]
  const revision = Buffer.alloc(4) // 0
  yield Buffer.concat([
    blockInfo,
    Buffer.from([4, 1]), // columns, rows
    ...column('displayName()', 'String', text(name)),
    ...column('version()', 'String', text(version)),
    ...column('revision()', 'UInt32', revision),
    ...column('timezone()', 'String', text(zone)),
  ])
}

/** Field 1: no overflow row; field 2: no bucket; no more fields. */
const blockInfo = Buffer.from([1, 0, 2, 255, 255, 255, 255, 0])
const usualSerialization = Buffer.from([0])

const column = (name: string, type: string, value: Buffer): readonly Buffer[] => [
  text(name),
  text(type),
  usualSerialization,
  value,
]

/** A text with its length before it, as a number of 7 bits a byte. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  const length: number[] = []
  for (let rest = bytes.length; rest >= 0; rest = rest >= 128 ? rest >> 7 : -1)
    length.push(rest >= 128 ? (rest & 127) | 128 : rest)
  return Buffer.concat([Buffer.from(length), bytes])
}
