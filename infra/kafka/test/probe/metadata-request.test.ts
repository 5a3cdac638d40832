import { describe, expect, it } from 'vitest'
import { decodeMetadataResponse, encodeMetadataRequest } from '../../src/probe/metadata-request.ts'

const compact = (text: string) => Buffer.concat([Buffer.of(text.length + 1), Buffer.from(text)])
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** A response about one topic, cut off after its id. */
const response = (code: number, id: Buffer) =>
  Buffer.concat([
    ...[Buffer.of(0), int32(0), Buffer.of(2), int32(1), compact('localhost'), int32(9092), Buffer.of(0, 0)],
    ...[compact('cluster'), int32(1), Buffer.of(2), Buffer.of(0, code), compact('events'), id],
  ])

describe('metadata with topic ids', () => {
  it('asks for one topic and creates none', () => {
    const request = encodeMetadataRequest('events')
    expect(request.toString('hex')).toBe(`0002${'00'.repeat(16)}07${Buffer.from('events').toString('hex')}0000000000`)
  })

  it('reads the id as the tools of Kafka print it', () => {
    const id = Buffer.from('0123456789abcdef0123456789abcdef', 'hex')
    expect(decodeMetadataResponse(response(0, id))).toEqual({ exists: true, id: 'ASNFZ4mrze8BI0VniavN7w' })
    expect(decodeMetadataResponse(response(5, id))).toMatchObject({ exists: true }) // no leader at the moment
  })

  it('tells a topic that does not exist from one without an id, and from a refusal', () => {
    expect(decodeMetadataResponse(response(3, Buffer.alloc(16)))).toEqual({ exists: false })
    expect(decodeMetadataResponse(response(0, Buffer.alloc(16)))).toEqual({ exists: true, id: undefined })
    expect(() => decodeMetadataResponse(response(29, Buffer.alloc(16)))).toThrow('error 29')
  })
})
