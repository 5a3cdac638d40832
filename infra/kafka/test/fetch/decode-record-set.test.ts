import { gzipSync } from 'node:zlib'
import type { KafkaMessage } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { decodeRecordSet } from '../../src/fetch/decode-record-set.ts'
import { unreadableOf } from '../../src/fetch/fetched-message.ts'
import { batchBytes } from './batch-bytes.ts'

const now = () => 1_800_000_000_000

/** What a consumer would get, as `offset value` or `offset reason`. */
async function delivered(recordSet: Buffer, wholeBatches = false): Promise<readonly string[]> {
  const messages = await decodeRecordSet(recordSet, { aborted: [], wholeBatches, now })
  const seen = messages as readonly (KafkaMessage & { readonly isControlRecord: boolean })[]
  return seen
    .filter(({ isControlRecord }) => !isControlRecord)
    .map((message) => `${message.offset} ${unreadableOf(message)?.reason ?? message.value?.toString('latin1')}`)
}

const [first, second, third] = [
  batchBytes({ firstOffset: 5, values: ['a', 'b'] }),
  batchBytes({ firstOffset: 7, values: ['c', 'd', 'e'] }),
  batchBytes({ firstOffset: 10, values: ['f'] }),
]
const changedAt = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

describe('the batches of a partition', () => {
  it('are delivered without the last one, if the broker cut it off', async () => {
    const all = Buffer.concat([first, second, third])
    expect(await delivered(all)).toEqual(['5 a', '6 b', '7 c', '8 d', '9 e', '10 f'])
    for (const cut of [1, third.length - 1])
      expect(await delivered(all.subarray(0, all.length - cut))).toEqual(['5 a', '6 b', '7 c', '8 d', '9 e'])
  })

  it.each([
    ['a record', second.length - 2],
    ['the number of records', 60],
    ['the checksum', 18],
  ])('are reported where a bit of %s was changed, and the others are delivered', async (_, at) => {
    const expected = ['5 a', '6 b', expect.stringMatching(/^9 The batch of records at offset 7 .* checksum/), '10 f']
    expect(await delivered(Buffer.concat([first, changedAt(second, at), third]))).toEqual(expected)
    const [whole] = await delivered(changedAt(second, at), true)
    expect(whole).toMatch(/^7 The batch of records at offset 7 .* checksum/)
  })

  it('are reported when an earlier Kafka or a later one wrote them', async () => {
    for (const format of [0, 1, 3]) {
      const other = Buffer.from(second)
      other[16] = format
      const found = await delivered(Buffer.concat([first, other, third]))
      expect(found).toEqual(['5 a', '6 b', expect.stringContaining(`message format ${format}`), '10 f'])
    }
  })

  it.each([
    [
      'more than their limit',
      1,
      (records: Buffer) => gzipSync(Buffer.concat([records, Buffer.alloc(70 << 20)])),
      '64 MiB',
    ],
    ['nothing that can be decompressed', 1, () => Buffer.from('no gzip'), '(gzip): incorrect header'],
    [
      'fewer records than they state',
      1,
      (records: Buffer) => gzipSync(records.subarray(0, -1)),
      '(gzip): it is cut off',
    ],
    ['an unknown compression', 7, (records: Buffer) => records, 'its compression, 7, is unknown'],
  ])('are reported when they have %s', async (_, compression, compress, reason) => {
    const odd = batchBytes({ firstOffset: 7, values: ['c', 'd', 'e'], compression, compress })
    for (const wholeBatches of [false, true]) {
      const [found, ...others] = await delivered(Buffer.concat([odd, third]), wholeBatches)
      expect(found).toMatch(/^9 The batch of records at offsets 7 to 9/)
      expect(found).toContain(reason)
      expect(others).toHaveLength(1)
    }
  })

  it('are passed over when compaction has emptied them', async () => {
    const messages = await decodeRecordSet(batchBytes({ firstOffset: 7, values: [] }), {
      aborted: [],
      wholeBatches: false,
      now,
    })
    expect(messages).toEqual([expect.objectContaining({ offset: '7', isControlRecord: true })])
  })

  it('are left for the next fetch once so many bytes are decompressed', async () => {
    const compress = (records: Buffer) => gzipSync(Buffer.concat([records, Buffer.alloc(10 << 20)]))
    const large = [0, 1, 2, 3].map((firstOffset) => batchBytes({ firstOffset, compression: 1, compress }))
    const recordSet = Buffer.concat(large)
    expect(await delivered(recordSet)).toEqual(['0 v', '1 v'])
    expect(await delivered(recordSet.subarray((large[0]?.length ?? 0) * 2))).toEqual(['2 v', '3 v'])
  })
})
