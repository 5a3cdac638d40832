import { encodeEvent, type SchemaIds } from '@headwater/schemas'
import {
  buildMaterialization,
  eventually,
  JavaClients,
  readTopic,
  testKafka,
  testStack,
  uniqueName,
} from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withProjector } from './with-projector.ts'

let java: JavaClients
beforeAll(async () => {
  java = await JavaClients.start(testStack())
})
afterAll(() => java.stop())

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd']

const record = (ids: SchemaIds, name: string) => ({
  value: encodeEvent(buildMaterialization({ job: name }), ids),
})

describe('the projector', () => {
  it('folds the records of committed transactions in every codec of Kafka, and none of the aborted', () =>
    withProjector(async ({ topic, deadLetters, ids, jobs }) => {
      for (const codec of codecs) {
        const names = ['x', 'y', 'z'].map((name) => uniqueName(name))
        for (const name of names)
          await java.producer(name, { 'transactional.id': name, 'compression.type': codec, 'linger.ms': 20 })
        for (const name of names) await java.begin(name)
        for (const [n, name] of names.entries()) {
          await java.send(
            name,
            topic,
            [1, 2].map((each) => record(ids, `${n === 1 ? 'kept' : 'aborted'} ${codec} ${each}`)),
          )
          await java.flush(name)
        }
        for (const name of names)
          await java.send(name, topic, [record(ids, name === names[1] ? `kept ${codec} 3` : 'aborted')])
        await java.abort(names[2] as string)
        await java.abort(names[0] as string)
        await java.commit(names[1] as string)
      }
      const kept = codecs.flatMap((codec) => [1, 2, 3].map((n) => `kept ${codec} ${n}`)).sort()
      await eventually(async () => expect(await jobs()).toEqual(kept), 60_000)
      expect(await readTopic(testKafka(), deadLetters)).toEqual([])
    }))

  it('makes one dead letter of a batch that would exhaust its memory, and goes on', () =>
    withProjector(async ({ topic, deadLetters, ids, jobs }) => {
      const large = { 'max.request.size': 300 << 20, 'buffer.memory': 400 << 20, 'linger.ms': 0 }
      const compressed = codecs.filter((codec) => codec === 'gzip' || codec === 'zstd')
      for (const codec of compressed) {
        const name = uniqueName(codec)
        await java.producer(name, { ...large, 'compression.type': codec })
        await java.send(name, topic, [{ value: 100 << 20 }])
        await java.flush(name)
        await java.send(name, topic, [record(ids, codec)])
        await java.flush(name)
      }
      await eventually(async () => expect(await jobs()).toEqual(compressed), 60_000)
      const letters = await readTopic(testKafka(), deadLetters)
      const told = letters.map(
        ({ key, headers }) => `${key} ${headers['headwater-reason-code']} ${headers['headwater-reason']}`,
      )
      expect(told.sort()).toEqual(
        compressed.map((codec, n) =>
          expect.stringMatching(`^${topic}:0:${n * 2} UNREADABLE_BATCH .*${codec}.*more than 64 MiB`),
        ),
      )
    }))
}, 120_000)
