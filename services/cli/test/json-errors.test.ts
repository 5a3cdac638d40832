import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../src/program.ts'
import { runCli } from '../src/run-cli.ts'
import { stubServer } from './stub-server.ts'
import { testContext } from './test-context.ts'

type Leaf = { readonly path: readonly string[]; readonly command: Command }

function leaves(command: Command, path: readonly string[] = []): readonly Leaf[] {
  if (command.commands.length === 0) return [{ path, command }]
  return command.commands.flatMap((child) => leaves(child, [...path, child.name()]))
}

const all = leaves(buildProgram(testContext().context).command)
const withJson = all.filter(({ command }) => command.options.some(({ long }) => long === '--json'))
const queries = withJson.filter(
  ({ path, command }) => path[0] !== 'dlq' && command.options.some(({ long }) => long === '--api'),
)
const home = mkdtempSync(join(tmpdir(), 'headwater json '))
const nowhere = 'http://127.0.0.1:1'
const elsewhere = {
  HEADWATER_HOME: home,
  HEADWATER_API_URL: nowhere,
  GATEWAY_URL: nowhere,
  KAFKA_BROKERS: '127.0.0.1:1',
  SCHEMA_REGISTRY_URL: nowhere,
  CLICKHOUSE_URL: nowhere,
}

/** Arguments with which a command is used correctly. */
function argumentsOf({ path, command }: Leaf): readonly string[] {
  const values: Readonly<Record<string, string>> = {
    job: 'shop/load',
    id: 'a-run',
    name: 'airflow',
    idOrName: 'airflow',
    positions: 'headwater.events:0:1',
    position: 'headwater.events:0:1',
    column: 'amount',
  }
  const given = command.registeredArguments.flatMap((argument, index) =>
    argument.required || argument.variadic ? [values[argument.name()] ?? `s3://lake/${index}`] : [],
  )
  const options: Readonly<Record<string, readonly string[]>> = {
    diff: ['--from', '1d'],
    expire: ['--keep', '90d'],
    'keys create': ['--scope', 'read'],
    'log copy': ['--to', 'headwater.copy'],
  }
  return [...path, ...given, ...(options[path.join(' ')] ?? []), '--json']
}

async function failing(args: readonly string[], env: Readonly<Record<string, string>> = elsewhere) {
  const { context, printed, noted } = testContext(env)
  const code = await runCli(args, context)
  expect(printed).toEqual([])
  expect(noted).toHaveLength(1)
  const { error } = JSON.parse(noted[0] ?? '') as { error: Record<string, unknown> }
  expect(error).toMatchObject({ exitCode: code, code: expect.any(String), retryable: expect.any(Boolean) })
  expect(error['message']).toMatch(/^[^\n]{5,}$/)
  return error
}

it('is offered by every command that prints an answer', () => {
  const without = all.filter((leaf) => !withJson.includes(leaf)).map(({ path }) => path.join(' '))
  expect(without.sort()).toEqual(['completion', 'demo', 'stop', 'up'])
})

describe.each(all.map((leaf) => [leaf.path.join(' '), leaf] as const))('%s --json', (_, leaf) => {
  it('reports an unknown option as JSON', async () => {
    expect(await failing([...argumentsOf(leaf), '--unknown'])).toMatchObject({
      code: 'INVALID_USAGE',
      exitCode: 2,
      message: expect.stringMatching(/^unknown option/),
    })
  })
})

describe.each(queries.map((leaf) => [leaf.path.join(' '), leaf] as const))('%s --json', (_, leaf) => {
  it("reports the API's problem with its facts", async () => {
    const problem = { code: 'ASSET_NOT_FOUND', detail: 'No event names it', status: 404, didYouMean: ['s3://lake/a'] }
    const { baseUrl } = await stubServer({ status: 404, body: problem })
    expect(await failing(argumentsOf(leaf), { ...elsewhere, HEADWATER_API_URL: baseUrl })).toMatchObject({
      ...{ code: 'ASSET_NOT_FOUND', status: 404, exitCode: 1, retryable: false },
      problem,
    })
  })
})

/** These print a report although nothing answers, or run another program. */
const reporting = ['status', 'doctor', 'replay', 'keys create', 'keys list', 'keys rotate', 'keys revoke', 'emit']

describe.each(
  withJson.map((leaf) => [leaf.path.join(' '), leaf] as const).filter(([name]) => !reporting.includes(name)),
)('%s --json', (_, leaf) => {
  it('reports as JSON that nothing answers', async () => {
    expect(await failing(argumentsOf(leaf))).toMatchObject({ code: 'NOT_REACHABLE', exitCode: 3, retryable: true })
  })
})

it.each(['keys create', 'keys list', 'keys rotate', 'keys revoke'])(
  '%s --json reports an invalid keys file as JSON',
  async (name) => {
    const file = join(home, 'keys.json')
    writeFileSync(file, '{')
    const leaf = all.find(({ path }) => path.join(' ') === name)
    expect(await failing(argumentsOf(leaf!), { ...elsewhere, HEADWATER_KEYS_FILE: file })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(`'${file}'`),
    })
  },
)

it('an invalid variable and a missing command are reported as JSON', async () => {
  expect(await failing(['assets', '--json'], { API_PORT: 'x' })).toMatchObject({ code: 'INVALID_CONFIG', exitCode: 2 })
  expect(await failing(['keys', '--json'])).toMatchObject({ code: 'INVALID_USAGE', exitCode: 2 })
  expect(await failing(['--json'])).toMatchObject({ code: 'INVALID_USAGE', exitCode: 2 })
  expect(await failing(['emit', '/no/such/file', '--json'])).toMatchObject({ code: 'INVALID_INPUT', exitCode: 2 })
})

it('text after -- is an argument', async () => {
  const { context, noted } = testContext(elsewhere)
  expect(await runCli(['asset', '--', '--json'], context)).toBe(3)
  expect(noted.join('\n')).toMatch(/^headwater: /)
})
