import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/run-cli.ts'
import { type Answer, stubServer } from '../stub-server.ts'
import { testContext } from '../test-context.ts'

const position = 'headwater.events:2:41'
const stored = (status: number): Answer => ({ status, headers: { 'headwater-position': position } })

async function headwaterAt(answer: Answer, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { baseUrl, requests } = await stubServer(answer)
  const { context, printed, noted } = testContext({ GATEWAY_URL: `${baseUrl}/`, ...env })
  const code = await runCli(['alias', ...args], context)
  return { code, printed, noted: noted.join('\n'), requests }
}

const [key, other] = ['postgres://analytics/shop/public/orders', 's3://lake/orders']

describe('headwater alias add', () => {
  it('sends the alias to the gateway, and prints the position from which it exists', async () => {
    const { code, printed, noted, requests } = await headwaterAt(stored(201), ['add', key, other])
    expect(code).toBe(0)
    expect(printed).toEqual([position])
    expect(noted).toContain(`${other} is now an alias of ${key}, in its history too`)
    const [request] = requests
    expect(request).toMatchObject({ method: 'POST', authorization: undefined })
    expect(request?.url.pathname).toBe('/api/v1/aliases')
    expect(JSON.parse(request?.body ?? '')).toEqual({ key, alias: other, authority: false })
  })

  it('takes prefixes of keys, and a scheme alone', async () => {
    const args = ['add', 'snowflake://org-acct', 'snowflake://', '--authority']
    const { requests } = await headwaterAt(stored(201), args)
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      ...{ key: 'snowflake://org-acct', alias: 'snowflake://', authority: true },
    })
  })

  it('prints the alias and its position as JSON', async () => {
    const { printed, noted } = await headwaterAt(stored(201), ['add', key, other, '--json'])
    expect(JSON.parse(printed.join('\n'))).toEqual({ key, alias: other, authority: false, position })
    expect(noted).toBe('')
  })

  it('uses the named gateway, with the key of the environment', async () => {
    const named = await stubServer(stored(201))
    const args = ['add', key, other, '--gateway', named.baseUrl]
    const { requests } = await headwaterAt(stored(500), args, { HEADWATER_API_KEY: 'hw_one' })
    expect(requests).toEqual([])
    expect(named.requests).toMatchObject([{ authorization: 'Bearer hw_one' }])
  })

  it('needs two keys', async () => {
    expect(await headwaterAt(stored(201), ['add', key])).toMatchObject({ code: 2, requests: [] })
  })
})

describe('headwater alias remove', () => {
  it.each([
    [key, other],
    ['s3://lake/a%20b+c', 's3://lake/größe'],
  ])('removes an alias of %s, whatever characters the keys have', async (of, alias) => {
    const { code, printed, noted, requests } = await headwaterAt(stored(204), ['remove', of, alias, '--authority'])
    expect(code).toBe(0)
    expect(printed).toEqual([position])
    expect(noted).toContain(`${alias} is no longer an alias of ${of}`)
    expect(requests).toMatchObject([{ method: 'DELETE', body: '' }])
    expect(Object.fromEntries(requests[0]?.url.searchParams ?? [])).toEqual({ key: of, alias, authority: 'true' })
  })
})

describe.each(['add', 'remove'])('headwater alias %s', (change) => {
  it.each([
    [400, 'INVALID_PARAMETER', 'An asset is no alias of itself', 2],
    [401, 'UNAUTHENTICATED', 'This needs an API key', 1],
    [403, 'FORBIDDEN', 'The key lacks the scope admin', 1],
    [503, 'LOG_UNAVAILABLE', 'Kafka does not acknowledge in time', 3],
  ])('reports a refusal with status %i on one line', async (status, code, detail, exitCode) => {
    const found = await headwaterAt({ status, body: { code, detail } }, [change, key, other])
    expect(found).toMatchObject({ code: exitCode, printed: [] })
    expect(found.noted).toMatch(new RegExp(`^headwater: ${detail} \\(${code}\\)[^\\n]*$`))
    expect(found.noted.includes('--scope admin')).toBe(status === 401 || status === 403)
  })

  it('reports the address when nothing answers', async () => {
    const { context, noted } = testContext({ GATEWAY_URL: 'http://127.0.0.1:1' })
    expect(await runCli(['alias', change, key, other], context)).toBe(3)
    expect(noted).toEqual([expect.stringMatching(/^headwater: The gateway at http:\/\/127.0.0.1:1 .*GATEWAY_URL$/)])
  })
})
