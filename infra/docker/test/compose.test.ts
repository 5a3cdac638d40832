import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { serviceVariables } from '../../../scripts/test/service-variables.ts'

type Service = {
  readonly image: string
  readonly command?: readonly string[]
  readonly build?: { readonly args: { readonly SERVICE: string } }
  readonly ports?: readonly string[]
  readonly profiles?: readonly string[]
  readonly environment?: Readonly<Record<string, unknown>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly volumes?: readonly string[]
  readonly mem_limit?: string
  readonly pids_limit?: number
  readonly read_only?: boolean
  readonly tmpfs?: readonly string[]
  readonly user?: string
  readonly cap_drop?: readonly string[]
  readonly cap_add?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly logging?: { readonly options: Readonly<Record<string, string>> }
}

const file = fileURLToPath(new URL('../../../docker-compose.yml', import.meta.url))
const { services, volumes } = parse(readFileSync(file, 'utf8'), { merge: true }) as {
  services: Readonly<Record<string, Service>>
  volumes: Readonly<Record<string, unknown>>
}
const all = Object.entries(services)
const ours = all.filter(([, { build }]) => build !== undefined)
const longRunning = all.filter(([, { profiles }]) => profiles === undefined)
const variables = await serviceVariables()
const presets = new Map([...variables.values()].flatMap((each) => [...each]).filter(([, value]) => value !== undefined))

/** Variables whose value the file itself decides, with the reason. */
const decided: Readonly<Record<string, string>> = {
  KAFKA_BROKERS: 'containers reach it under another name than programs on this machine',
  SCHEMA_REGISTRY_URL: 'as KAFKA_BROKERS',
  CLICKHOUSE_URL: 'as KAFKA_BROKERS',
  HEADWATER_API_URL: 'the demo shares the addresses of the API',
  HEADWATER_HOME: 'a folder of the container',
  API_HOST: 'a container publishes ports of all its addresses only',
  GATEWAY_HOST: 'as API_HOST',
  PROJECTOR_METRICS_HOST: 'as API_HOST',
}

/** Variables that no container reads. */
const ofTheCommandLine = ['GATEWAY_URL', 'HEADWATER_CACHE', 'HEADWATER_DETACHED']

describe('docker-compose.yml', () => {
  it.each(ours)(
    'passes on every variable that %s reads, unless it decides the value itself',
    (name, { environment }) => {
      for (const variable of variables.get(name)?.keys() ?? []) {
        const value = String(environment?.[variable])
        if (variable in decided) expect(value, variable).not.toBe('undefined')
        else if (variable === 'PROJECTOR_METRICS_PORT')
          expect(value).toBe('9464') // published on the port that the variable names
        else expect(value, variable).toMatch(new RegExp(String.raw`\$\{${variable}:?-`))
      }
    },
  )

  it('passes on every variable of .env.example', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')
    const names = [...example.matchAll(/^#([A-Z][A-Z0-9_]*)=/gm)].map(([, each = '']) => each)
    const passed = new Set([...readFileSync(file, 'utf8').matchAll(/\$\{(\w+):?-/g)].map(([, each = '']) => each))
    expect(names.length).toBeGreaterThan(40)
    expect(names.filter((each) => !passed.has(each) && !(each in decided) && !ofTheCommandLine.includes(each))).toEqual(
      [],
    )
  })

  it.each(all)('confines %s: no capabilities, no new privileges, bounded memory, processes and logs', (_, service) => {
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.cap_add).toBeUndefined()
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
    expect(service.mem_limit).toMatch(/^\d+[mg]$/)
    expect(service.pids_limit).toBeGreaterThan(0)
    expect(Object.keys(service.logging?.options ?? {}).sort()).toEqual(['max-file', 'max-size'])
  })

  it('lets only images write to their own files that write configuration or results there', () => {
    expect(all.filter(([, service]) => service.read_only !== true).map(([name]) => name)).toEqual([
      'kafka',
      'clickhouse',
      'demo',
    ])
  })

  it.each(ours)('sets only variables that %s reads', (name, { environment = {} }) => {
    expect([...(variables.get(name)?.keys() ?? [])]).toEqual(expect.arrayContaining(Object.keys(environment)))
  })

  it.each(ours)('builds %s from its own folder', (name, { build }) => {
    expect(build?.args.SERVICE).toBe(name)
  })

  it.each(all)('publishes the ports of %s on 127.0.0.1 only', (_, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+_PORT:-\d+\}:/)
  })

  it.each(all)('runs %s from an image by an exact version', (_, { image }) => {
    expect(image).toMatch(/^[a-z][a-z/-]*:\d+\.\d+\.\d+(\.\w+)?$/)
  })

  it('publishes nothing that takes requests of web pages by itself', () => {
    for (const name of ['registry', 'clickhouse']) expect(services[name]?.ports).toBeUndefined()
    const { image, command } = services['front'] ?? {}
    expect({ image, script: command?.[1] }).toEqual({
      image: services['gateway']?.image,
      script: 'service/dist/front-main.js',
    })
  })

  it('names and defaults published ports as the embedded stack does', () => {
    const published = all.flatMap(([, { ports = [] }]) =>
      ports.map((port) => /\$\{(\w+):-(\d+)\}/.exec(port)?.slice(1)),
    )
    expect(published.map((each) => each?.[0]).sort()).toEqual([
      'API_PORT',
      'CLICKHOUSE_PORT',
      'GATEWAY_PORT',
      'KAFKA_PORT',
      'PROJECTOR_METRICS_PORT',
      'REGISTRY_PORT',
    ])
    for (const each of published) expect(each?.[1]).toBe(presets.get(each?.[0] ?? ''))
  })

  it.each(longRunning)('checks the health of %s', (_, { healthcheck }) => {
    expect(healthcheck?.disable).not.toBe(true)
    expect(healthcheck?.test?.[0]).toBe('CMD')
  })

  it.each(all)('starts %s once its dependencies are healthy', (_, { depends_on = {} }) => {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      expect(services[needed]?.healthcheck?.test).toBeDefined()
      expect(condition).toBe('service_healthy')
    }
  })

  it.each(all)('pins the image of %s to a version', (_, { image }) => {
    expect(image).toMatch(/:\d+(\.\w+)+$/)
  })

  it('stores the log and the tables in named volumes', () => {
    expect(Object.keys(volumes).sort()).toEqual(['clickhouse', 'kafka'])
    for (const name of Object.keys(volumes)) {
      expect(services[name]?.volumes).toEqual([expect.stringMatching(`^${name}:/var/lib/`)])
    }
  })

  it('has the defaults of the services, except for the login of ClickHouse, AUTH and names with a prefix', () => {
    const different: Readonly<Record<string, string>> = {
      ...{ CLICKHOUSE_USER: 'headwater', CLICKHOUSE_PASSWORD: 'headwater' },
      // The services name topics after the prefix, and groups after their topics.
      PROJECTOR_TOPIC: `\${HEADWATER_PREFIX:-}headwater.events`,
      PROJECTOR_DEAD_LETTERS_TOPIC: `\${HEADWATER_PREFIX:-}headwater.dead-letters`,
      GATEWAY_OPENLINEAGE_TOPIC: `\${HEADWATER_PREFIX:-}openlineage.events`,
      ...{ PROJECTOR_GROUP: '', GATEWAY_GROUP: '' },
      AUTH: 'off', // a container cannot publish a port of its 127.0.0.1
    }
    const fallbacks = [...readFileSync(file, 'utf8').matchAll(/\$\{(\w+):?-((?:\$\{[^}]*\}|[^}])*)\}/g)]
    expect(fallbacks.length).toBeGreaterThan(10)
    for (const [, name = '', value] of fallbacks) {
      const expected = different[name] ?? presets.get(name)
      expect(`${name}=${value}`).toBe(`${name}=${expected}`)
    }
  })
})
