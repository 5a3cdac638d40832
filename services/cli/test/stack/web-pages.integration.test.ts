import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser, type Page } from '@headwater/testing/browser'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headwaterHome } from '../headwater-home.ts'

// A page of another site, in a real browser, against the stack as `headwater up` starts it. Sources: https://web.dev/articles/fetch-metadata,
// https://github.com/ClickHouse/ClickHouse/issues/10384 and the DNS rebinding advisories of Ollama (CVE-2024-28224) and Redis.

const { env, headwater, end } = await headwaterHome('headwater web pages ')
const foreign = 'evil.example'
const browser = await launchBrowser([foreign])
const urlOf = (variable: string, host = '127.0.0.1') => `http://${host}:${env[variable]}`
const [gateway, clickhouse, registry] = [urlOf('GATEWAY_PORT'), urlOf('CLICKHOUSE_PORT'), urlOf('REGISTRY_PORT')]
const kafka = new Kafka({ brokers: [`127.0.0.1:${env['KAFKA_PORT']}`], logLevel: logLevel.NOTHING }).admin()

beforeAll(async () => {
  expect(await headwater(['up', '--detach'])).toMatchObject({ code: 0 })
  await kafka.connect()
})
afterAll(async () => {
  await kafka.disconnect()
  await browser.close()
  await end()
})

/** A page that a browser has loaded from `origin`, whoever answers there afterwards. */
async function pageOf(origin: string): Promise<Page> {
  const page = await browser.newPage()
  const address = `${origin}/page.html`
  await page.route(address, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>x</title>' }),
  )
  await page.goto(address)
  return page
}

/** The number of events in the log. */
async function events(): Promise<number> {
  const offsets = await kafka.fetchTopicOffsets('headwater.events')
  return offsets.reduce((sum, { high }) => sum + Number(high), 0)
}

/** The status of the answer to what a script makes the browser send to `url`, which the browser may hide from its page. */
async function answerTo(page: Page, url: string, script: string): Promise<number> {
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  const sent = new Set<string>()
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.startsWith(url)) sent.add(requestId)
  })
  const status = new Promise<number>((resolve) => {
    network.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
      if (sent.has(requestId)) resolve(statusCode)
    })
  })
  await page.evaluate(script)
  return status
}

const event = JSON.stringify({ type: 'MaterializationEvent', job: 'a/b', outputs: ['s3://evil/x'] })
const alias = JSON.stringify({ key: 's3://evil/x', alias: 's3://lake/orders', authority: true })

const js = (value: unknown): string => JSON.stringify(value)
/** A request that a page may send anywhere without permission; it does not see the answer. */
const blindly = (url: string, body: string) =>
  `fetch(${js(url)}, { method: 'POST', mode: 'no-cors', body: ${body} }).catch(() => undefined)`
/** A request of a page, as its status, or 'not sent' where the browser prevents it or hides the answer. */
const openly = (url: string, options: object = {}) =>
  `fetch(${js(url)}, ${js(options)}).then(({ status }) => status, () => 'not sent')`

describe('a page of another site', () => {
  it.each(['img', 'iframe', 'script'])('writes no file by the address of an %s', async (tag) => {
    const page = await pageOf(`http://${foreign}`)
    const file = join(mkdtempSync(join(tmpdir(), 'headwater-page-')), 'written.csv')
    const sql = `INSERT INTO FUNCTION file('${file}', 'CSV', 'x UInt8') SELECT 1`
    const src = `${clickhouse}/?query=${encodeURIComponent(sql)}`
    const insert = `document.body.append(Object.assign(document.createElement(${js(tag)}), ${js({ src })}))`
    expect(await answerTo(page, clickhouse, insert)).toBe(403)
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['text/plain', (body: string) => js(body)],
    ['application/x-www-form-urlencoded', (body: string) => `new URLSearchParams(${js({ body })})`],
    [
      'multipart/form-data',
      (body: string) => `(() => { const f = new FormData(); f.set('x', ${js(body)}); return f })()`,
    ],
    ['no type', (body: string) => `new Blob([${js(body)}])`],
  ])('stores no event and no alias by a body with %s', async (_, bodyOf) => {
    const before = await events()
    const page = await pageOf(`http://${foreign}`)
    for (const [path, body] of [
      ['/api/v1/events', event],
      ['/api/v1/lineage', event],
      ['/api/v1/aliases', alias],
    ] as const) {
      expect(await answerTo(page, gateway, blindly(gateway + path, bodyOf(body)))).toBe(403)
    }
    expect(await events()).toBe(before)
  })

  it('stores no event by a form or a beacon', async () => {
    const before = await events()
    const page = await pageOf(`http://${foreign}`)
    const action = `${gateway}/api/v1/events`
    expect(await answerTo(page, gateway, `navigator.sendBeacon(${js(action)}, ${js(event)})`)).toBe(403)
    // As text/plain a field is sent as name=value, which can be made JSON.
    const field = { name: `${event.slice(0, -1)},"metadata":{"x":"`, value: '"}}' }
    const form = `{
      const form = Object.assign(document.createElement('form'), ${js({ action, method: 'post', enctype: 'text/plain' })})
      form.append(Object.assign(document.createElement('input'), ${js(field)}))
      document.body.append(form)
      form.submit()
    }`
    expect(await answerTo(page, gateway, form)).toBe(403)
    expect(await events()).toBe(before)
  })

  it('registers and deletes no schema', async () => {
    const subjects = async () =>
      (await (await fetch(`${registry}/apis/ccompat/v7/subjects`)).json()) as readonly string[]
    const before = await subjects()
    const page = await pageOf(`http://${foreign}`)
    const subject = `${registry}/apis/ccompat/v7/subjects/${encodeURIComponent(before[0] ?? '')}`
    expect(await answerTo(page, registry, blindly(`${subject}/versions`, js('{"schema":"{}"}')))).toBe(403)
    expect(await page.evaluate(openly(subject, { method: 'DELETE' }))).toBe('not sent')
    expect(await subjects()).toEqual(before)
  })

  it('reads nothing', async () => {
    const page = await pageOf(`http://${foreign}`)
    const addresses = [`${urlOf('API_PORT')}/api/v1/assets`, `${gateway}/metrics`, `${clickhouse}/?query=SELECT%201`]
    for (const url of addresses) expect(await page.evaluate(openly(url))).toBe('not sent')
  })
})

describe('a page whose name resolves to this machine after it was loaded', () => {
  it.each([
    ['API_PORT', '/'],
    ['API_PORT', '/api/v1/assets'],
    ['API_PORT', '/metrics'],
    ['GATEWAY_PORT', '/metrics'],
    ['REGISTRY_PORT', '/apis/ccompat/v7/subjects'],
    ['REGISTRY_PORT', '/ui/'],
    ['CLICKHOUSE_PORT', "/?query=SELECT%20*%20FROM%20file('/etc/passwd','LineAsString')"],
    ['CLICKHOUSE_PORT', '/ping'],
    ['PROJECTOR_METRICS_PORT', '/metrics'],
  ])('reads nothing at %s%s', async (variable, path) => {
    const page = await pageOf(urlOf(variable, foreign))
    expect(await page.evaluate(openly(path))).toBe(403)
  })

  it.each([
    ['GATEWAY_PORT', '/api/v1/events'],
    ['REGISTRY_PORT', '/apis/ccompat/v7/subjects/evil/versions'],
    ['CLICKHOUSE_PORT', '/?query=CREATE%20DATABASE%20evil'],
  ])('sends nothing to %s%s', async (variable, path) => {
    const before = await events()
    const page = await pageOf(urlOf(variable, foreign))
    const options = { method: 'POST', body: event, headers: { 'content-type': 'application/json' } }
    expect(await page.evaluate(openly(path, options))).toBe(403)
    expect(await events()).toBe(before)
  })
})

describe('a person', () => {
  it.each(['API_PORT', 'GATEWAY_PORT'])(
    'finds a page at / of %s, without errors, whose links all work',
    async (variable) => {
      const page = await browser.newPage()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      const answer = await page.goto(urlOf(variable, 'localhost'))
      expect({ status: answer?.status(), type: answer?.headers()['content-type'] }).toEqual({
        status: 200,
        type: expect.stringContaining('text/html'),
      })
      const links = await page.$$eval('a', (anchors) => anchors.map(({ href }) => href))
      expect(links.length).toBeGreaterThan(2)
      for (const link of links)
        expect({ link, status: (await page.goto(link))?.status() }).toEqual({ link, status: 200 })
      expect(errors).toEqual([])
    },
  )
})
