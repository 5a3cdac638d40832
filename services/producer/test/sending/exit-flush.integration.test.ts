import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestTopic, testStack } from '@headwater/testing'
import { expect, test } from 'vitest'
import { readTopic } from '../helpers/read-topic.ts'

const job = fileURLToPath(new URL('../helpers/kafka-job-that-exits.ts', import.meta.url))

/** Runs the job in its own process; rejects where it does not end by itself with code 0. */
function run(brokers: string, topic: string) {
  const node = ['--conditions=source', '--import', 'tsx', job, brokers, testStack().schemaRegistryUrl, topic]
  return promisify(execFile)(process.execPath, node, { timeout: 40_000 })
}

test('a process that does not call close() ends by itself and delivers its events', async () => {
  const topic = await createTestTopic()
  const { stdout, stderr } = await run(testStack().kafkaBrokers, topic)
  expect([stdout, stderr]).toEqual(['job done', ''])
  expect(await readTopic(topic, 1)).toHaveLength(1)
})

test('with the broker unavailable it ends too and reports what was not delivered', async () => {
  const { stdout, stderr } = await run('127.0.0.1:1', 'any')
  expect(stdout).toBe('job done')
  expect(stderr).toContain('[TRANSPORT_AWAY] HeadwaterWarning: Lineage cannot be delivered')
  expect(stderr).toContain('1 lineage events were not delivered')
})
