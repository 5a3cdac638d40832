import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { eventually } from '@headwater/testing'
import { Registry } from 'prom-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildApp } from '../../src/app.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Work } from '../../src/load/work.ts'
import { expectDescribed } from '../described-answer.ts'
import { createInMemoryStore } from '../oracle/in-memory-store.ts'

const lane = { atOnce: 2, waiting: 3, waitMs: 60_000 }
const limits = { costly: lane, cheap: { ...lane, atOnce: 50 }, deadlineMs: 60_000, maxEventLoopDelayMs: 0 }
const walk = '/api/v1/lineage?key=s3://a/b'

/** An API whose costly questions wait until they are cancelled, or `answer` is called. */
async function stuckApi(deadlineMs = 60_000) {
  const store = createInMemoryStore()
  const registry = new Registry()
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const stuck = (work: Work | undefined) => {
    const cancelled = new Promise<never>((_, reject) =>
      work?.signal?.addEventListener('abort', () => reject(work.signal?.reason)),
    )
    return Promise.race([answered, cancelled]).then(() => [])
  }
  const catalogOf = (work: Work | undefined): Catalog => ({
    ...store.catalog,
    edges: { adjacentTo: () => stuck(work) },
  })
  const open = async (work?: Work) => catalogOf(work)
  const app = await buildApp({ store: { ...store, open }, registry, limits: { ...limits, deadlineMs } })
  onTestFinished(async () => {
    answer()
    await app.close()
  })
  const running = async () =>
    (await registry.getMetricsAsJSON())
      .filter(({ name }) => /questions_(running|waiting)/.test(name))
      .flatMap(({ values }) => values.filter(({ labels }) => labels['cost'] === 'costly').map(({ value }) => value))
  return { app, registry, answer, running }
}

describe('many costly questions at once', () => {
  it('are refused beyond those that run and wait, while probes and cheap questions are answered', async () => {
    const { app, answer, running } = await stuckApi()
    const questions = Array.from({ length: 60 }, () => app.inject(walk))
    await eventually(async () => expect(await running()).toEqual([2, 3]))
    const refused = await app.inject(walk)
    expect(refused.statusCode).toBe(503)
    expect(refused.headers['retry-after']).toBe('2')
    expect(refused.json()).toMatchObject({ code: 'TOO_BUSY', reason: 'queue_full', running: 2, waiting: 3 })
    expectDescribed(walk, refused)
    for (const path of ['/livez', '/readyz', '/metrics', '/api/v1/runs?jobNamespace=a&jobName=b']) {
      expect((await app.inject(path)).statusCode, path).toBe(200)
    }
    answer()
    const statuses = (await Promise.all(questions)).map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 503)).toHaveLength(55)
    expect(statuses.filter((status) => status === 404)).toHaveLength(5)
    expect(await running()).toEqual([0, 0])
  })

  it.each(['/lineage?key=s3://a/b', '/lineage/paths?from=s3://a/b&to=s3://a/c', '/lineage/diff?from=1d&key=s3://a/b'])(
    'such as %s end at their deadline',
    async (path) => {
      const { app, running } = await stuckApi(20)
      const answer = await app.inject(`/api/v1${path}`)
      expect(answer.json()).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED', deadlineMs: 20 })
      expectDescribed(`/api/v1${path}`, answer)
      expect(await running()).toEqual([0, 0])
    },
  )

  it('end when their client goes away, running or waiting', async () => {
    const { app, registry, running } = await stuckApi()
    await app.listen({ host: '127.0.0.1', port: 0 })
    const clients = Array.from({ length: 4 }, () => connect((app.server.address() as AddressInfo).port, '127.0.0.1'))
    for (const client of clients) {
      await once(client, 'connect')
      client.write(`GET ${walk} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
    }
    await eventually(async () => expect(await running()).toEqual([2, 2]))
    for (const client of clients) client.destroy()
    await eventually(async () => expect(await running()).toEqual([0, 0]))
    expect(await registry.metrics()).toContain(
      'headwater_api_questions_cancelled_total{cost="costly",reason="client_gone"} 4',
    )
  })
})

describe('under pressure', () => {
  it('questions are refused, probes are answered, and /readyz reports it', async () => {
    const app = await buildApp({ store: createInMemoryStore(), limits: { ...limits, maxEventLoopDelayMs: 1e-9 } })
    onTestFinished(() => app.close())
    const refused = await eventually(async () => {
      const answer = await app.inject('/api/v1/assets')
      expect(answer.statusCode).toBe(503)
      return answer
    })
    expect(refused.json()).toMatchObject({ code: 'TOO_BUSY', reason: 'event_loop_delay' })
    expect((await app.inject('/livez')).statusCode).toBe(200)
    expect((await app.inject('/metrics')).statusCode).toBe(200)
    expect((await app.inject('/readyz')).json()).toMatchObject({ code: 'NOT_READY', reasons: [expect.any(String)] })
  })
})
