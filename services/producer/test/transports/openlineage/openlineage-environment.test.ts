import { expect, test } from 'vitest'
import { createProducer, openLineageFromEnvironment, type Warning } from '../../../src/index.ts'
import { answered, testServer } from '../../helpers/test-server.ts'

function producerOf(env: Readonly<Record<string, string>>) {
  const warnings: Warning[] = []
  const onWarning = (warning: Warning) => void warnings.push(warning)
  const producer = createProducer({ transport: openLineageFromEnvironment(env), namespace: 'shop', onWarning })
  return { ...producer, warnings }
}

test("events go to the server in the variables of OpenLineage's clients, with the key", async () => {
  const server = await testServer((response) => answered(response, 201))
  const { tag, flush } = producerOf({
    OPENLINEAGE_URL: `${server.url}/`,
    OPENLINEAGE_API_KEY: 'k1',
    OPENLINEAGE_ENDPOINT: 'openapi/openlineage/api/v1/lineage',
  })
  tag('s3://a/b', 'x')
  expect(await flush()).toMatchObject({ delivered: 1 })
  const [{ path, headers } = { path: '', headers: {} }] = server.requests
  expect([path, headers.authorization]).toEqual(['/openapi/openlineage/api/v1/lineage', 'Bearer k1'])
})

test('empty variables count as not set', async () => {
  const server = await testServer((response) => answered(response, 201))
  const { tag, flush } = producerOf({
    ...{
      OPENLINEAGE_URL: server.url,
      OPENLINEAGE_API_KEY: '',
      OPENLINEAGE_ENDPOINT: ' ',
      OPENLINEAGE_DISABLED: 'false',
    },
  })
  tag('s3://a/b', 'x')
  await flush()
  const [{ path, headers } = { path: '', headers: {} }] = server.requests
  expect([path, headers.authorization]).toEqual(['/api/v1/lineage', undefined])
})

test('OPENLINEAGE_DISABLED sends nothing', async () => {
  const server = await testServer((response) => answered(response, 201))
  const { tag, flush, warnings } = producerOf({ OPENLINEAGE_URL: server.url, OPENLINEAGE_DISABLED: ' True' })
  tag('s3://a/b', 'x')
  expect(await flush()).toMatchObject({ undelivered: 0 })
  expect([server.requests, warnings]).toEqual([[], []])
})

test('without a URL the warning names the variable, and the job continues', async () => {
  const { materialize, flush, warnings } = producerOf({})
  expect(await materialize('s3://a/b', { name: 'write' }, () => 7)()).toBe(7)
  expect(await flush()).toMatchObject({ undelivered: 1, reason: expect.stringContaining('OPENLINEAGE_URL is not set') })
  expect(warnings).toMatchObject([{ code: 'TRANSPORT_REFUSED' }])
})
