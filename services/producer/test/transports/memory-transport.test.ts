import { expect, test } from 'vitest'
import { testProducer } from '../helpers/test-producer.ts'

test('edges are those of successful runs, sorted and each once', async () => {
  const { materialize, transport, flush } = testProducer()
  const load = materialize('s3://b/b', { name: 'load', deps: ['s3://a/2', 's3://a/1'] }, (fails: boolean) => {
    if (fails) throw new Error('no')
  })
  await load(false)
  await load(false)
  await materialize('s3://b/c', { deps: ['s3://a/1'] }, () => Promise.reject(new Error('no')))().catch(() => {})
  await flush()
  expect(transport.edges()).toEqual([
    { from: 's3://a/1', to: 's3://b/b', job: 'load' },
    { from: 's3://a/2', to: 's3://b/b', job: 'load' },
  ])
  expect([transport.runs().length, transport.runs('load').length]).toEqual([3, 2])
  expect(transport.upstreamsOf('s3://b/b')).toEqual(['s3://a/1', 's3://a/2'])
  transport.clear()
  expect(transport.events).toEqual([])
})
