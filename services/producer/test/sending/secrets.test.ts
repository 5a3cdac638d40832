import { expect, test } from 'vitest'
import { createProducer, currentRun, memoryTransport, TransportError, type Warning } from '../../src/index.ts'
import { scriptedTransport } from '../helpers/scripted-transport.ts'

const secret = 'q9Zx7Wm2Kp4T'
const key = `postgres://bob:${secret}@host/db/t`
const text = `cannot connect to postgres://bob:${secret}@host, password=${secret}`

test('no secret is sent, whatever has it, and the job sees its own error', async () => {
  const transport = memoryTransport()
  const { materialize, describeAsset, tag, own, flush, asset } = createProducer({ transport, namespace: text })
  const target = asset(key, { name: text, description: text, url: `https://host/?token=${secret}`, owners: [text] })
  const load = materialize(target, { name: text }, async () => {
    currentRun()?.addMetadata({ conf: [`database.password=${secret}`], secret, total_tokens: 512 })
    currentRun()?.addMetadata(target, { spark: { 'db.password': secret } })
    currentRun()?.addMetrics(target, { [`rows ${text}`]: 1 })
    throw new Error(text)
  })
  await expect(load()).rejects.toThrow(text)
  describeAsset(key, { description: text })
  tag(key, text)
  own(key, text)
  await flush()
  expect(transport.events.length).toBeGreaterThan(3)
  expect(JSON.stringify(transport.events)).not.toContain(secret)
  expect(JSON.stringify(transport.events)).toContain('512')
  expect(transport.runs()[0]?.outputs[0]?.key).toBe('postgres://host/db/t')
})

test('a secret is removed from an error before it is cut', async () => {
  const transport = memoryTransport()
  const { materialize, flush } = createProducer({ transport, namespace: 'shop', maxTextLength: 100 })
  const fail = materialize('s3://a/b', async () => {
    throw new Error(`${'x'.repeat(70)} postgres://bob:${secret.repeat(9)}@host/db`)
  })
  await expect(fail()).rejects.toThrow()
  await flush()
  expect(JSON.stringify(transport.events)).not.toContain(secret.slice(0, 4))
})

test('neither a warning nor a delivery report has a secret', async () => {
  const warnings: Warning[] = []
  const script = scriptedTransport(() => new TransportError('REFUSED', text))
  const onWarning = (warning: Warning) => void warnings.push(warning)
  const { tag, flush, close } = createProducer({ transport: script.transport, namespace: 'shop', onWarning })
  tag('s3://a/b', 'x')
  tag(`${key}#`, 'x')
  const report = await flush(50)
  await close()
  expect(report.reason).toContain('postgres://bob:***@host')
  expect(warnings.map(({ code }) => code)).toContain('INVALID_KEY')
  expect(JSON.stringify([report, warnings])).not.toContain(secret)
})
