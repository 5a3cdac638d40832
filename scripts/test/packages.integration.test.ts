import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestTopic, GatewayProcess, testStack } from '@headwater/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stubServer } from '../../services/cli/test/stub-server.ts'
import { readTopic } from '../../services/producer/test/helpers/read-topic.ts'
import { packCopy } from '../package/pack-copy.ts'

// What a stranger does with the tarballs: installs them in an empty folder outside of the clone, and uses them there.

const root = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

let folder: string
let sdk: string
let cli: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'headwater-stranger-'))
  const [producerTarball, cliTarball] = packCopy(['@headwater/producer', '@headwater/cli'], folder)
  sdk = await installed('sdk', producerTarball!)
  cli = await installed('cli', cliTarball!)
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function installed(name: string, tarball: string): Promise<string> {
  const project = join(folder, name)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{"private":true}')
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball]
  await run('npm', args, { cwd: project })
  return project
}

const filesOf = (project: string, name: string) => {
  const own = join(project, 'node_modules', '@headwater', name)
  const files = readdirSync(own, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

describe('each tarball', () => {
  test.each(['producer', 'cli'])('of %s has what it needs, and nothing of the machine that packed it', (name) => {
    const files = filesOf(name === 'cli' ? cli : sdk, name)
    const names = files.map(({ path }) => path.split(`/@headwater/${name}/`)[1]!)
    expect(names).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/headwater.js']))
    expect(names.filter((each) => /test|\.map$|^src/.test(each))).toEqual([])
    for (const { path, text } of files.filter((each) => !each.path.endsWith('.md'))) {
      expect(/(from|import|require)\s*\(?['"]@headwater\//.test(text), `${path} imports a workspace`).toBe(false)
      for (const outside of [root, join(tmpdir(), 'headwater-')])
        expect(text.includes(outside), `${path} has a path`).toBe(false)
    }
  })

  test('installs neither the embedded engine nor another workspace', () => {
    for (const project of [sdk, cli]) {
      const modules = join(project, 'node_modules')
      expect(readdirSync(modules)).not.toContain('@chdb')
      expect(readdirSync(join(modules, '@headwater'))).toHaveLength(1)
    }
  })
})

describe('the SDK', () => {
  const script = `
async function main({ createProducer, httpTransport }, same) {
  const { materialize, flow, close } = createProducer({ namespace: 'stranger', transport: httpTransport({ url: process.argv[2] }) })
  const load = materialize('s3://raw/a', async () => ({ rows: 1 }))
  const store = materialize('s3://lake/' + process.argv[3], (loaded) => loaded)
  await flow('nightly', async () => store(await load()))()
  console.log(JSON.stringify({ ...(await close()), same }))
}
`
  const variants = [
    ['module.mjs', `import * as sdk from '@headwater/producer'${script}await main(sdk, true)`],
    ['common.cjs', `const sdk = require('@headwater/producer')${script}void main(sdk, true)`],
    [
      'both.mjs',
      `import { createRequire } from 'node:module'
import * as sdk from '@headwater/producer'
const common = createRequire(import.meta.url)('@headwater/producer')${script}
const names = Object.keys(common)
await main(sdk, names.length > 10 && names.every((name) => common[name] === sdk[name]))`,
    ],
  ] as const

  test('sends what a run read and wrote, imported, required, and both in one process', async () => {
    const topic = await createTestTopic()
    const gateway = new GatewayProcess({ stack: testStack(), topic })
    await gateway.start()
    try {
      const reports = variants.map(async ([name, text]) => {
        writeFileSync(join(sdk, name), text)
        const { stdout } = await run(process.execPath, [name, gateway.url, name], { cwd: sdk })
        expect(JSON.parse(stdout), name).toEqual({ delivered: 4, undelivered: 0, dropped: 0, same: true })
      })
      await Promise.all(reports)
      const events = (await readTopic(topic, 4 * variants.length)).map(({ event }) => event.event)
      for (const [name] of variants) {
        const last = events.find((each) => 'outputs' in each && each.outputs[0]?.key === `s3://lake/${name}`)
        expect(last).toMatchObject({ state: 'SUCCEEDED', inputs: [{ key: 's3://raw/a' }] })
      }
    } finally {
      await gateway.stop()
    }
  })

  const typed = (importLine: string) => `${importLine}
const { materialize, flow, task } = createProducer({
  namespace: 'shop',
  transport: kafkaTransport({ brokers: ['127.0.0.1:9092'], schemaRegistryUrl: 'http://127.0.0.1:8081', ssl: true }),
})
const same = materialize('s3://lake/same', <T,>(value: T): T => value)
const one: Promise<1> = same(1 as const)
const load = materialize((day: string) => \`s3://lake/\${day}\`, async <T extends object>(day: string, row: T) => [day, row] as const)
const loaded: Promise<readonly [string, { id: number }]> = load.after('s3://raw/a')('2026-01-01', { id: 1 })
const nightly: (day: string) => Promise<number> = flow('nightly', (day: string) => day.length)
// @ts-expect-error a number is no day
void nightly(1)
const own: Transport = { send: async (events: readonly HeadwaterEvent[]) => void events[0]?.event.eventId, close: async () => {} }
export const all = [one, loaded, own, task(async () => 5), nightly('2026-01-01')] as const
`
  const names = '{ createProducer, kafkaTransport, type HeadwaterEvent, type Transport }'
  const projects = [
    ['esm.mts', { module: 'nodenext' }, `import ${names} from '@headwater/producer'`],
    ['common.cts', { module: 'nodenext' }, `import ${names} from '@headwater/producer'`],
    ['bundled.ts', { module: 'esnext', moduleResolution: 'bundler' }, `import ${names} from '@headwater/producer'`],
  ] as const

  test.each(projects)(
    'compiles in strict mode without skipLibCheck and without types of Node (%s)',
    async (file, options, line) => {
      const project = join(sdk, `types-${file}`)
      mkdirSync(project)
      writeFileSync(join(project, file), typed(line))
      const strict = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
      }
      const compilerOptions = { ...strict, noEmit: true, target: 'es2022', lib: ['es2022'], types: [], ...options }
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      const { stdout } = await run(process.execPath, [tsc, '-p', project]).catch((error: { stdout: string }) => error)
      expect(stdout).toBe('')
    },
  )
})

describe('the command line', () => {
  const headwater = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const bin = join(cli, 'node_modules/.bin/headwater')
    const options = { cwd: cli, env: { PATH: process.env['PATH'], HOME: folder, ...env } }
    return run(bin, args, options).then(
      (done) => ({ ...done, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    )
  }

  test('prints its version, and help without loading a client', async () => {
    expect(await headwater(['--version'])).toMatchObject({ code: 0, stdout: 'headwater 0.1.0\n' })
    const trace = join(cli, 'trace.cjs')
    writeFileSync(
      trace,
      "process.on('exit', () => console.error(Object.keys(require.cache).filter((file) => /kafkajs|clickhouse|avsc/.test(file)).join()))",
    )
    const { stdout, stderr } = await headwater(['--help'], { NODE_OPTIONS: `--require ${trace}` })
    expect(stdout).toContain('lineage')
    expect(stderr).toBe('\n')
  })

  test('asks a remote API', async () => {
    const answer = { title: 'Not found', status: 404, code: 'ASSET_NOT_FOUND', detail: 'No asset s3://lake/a' }
    const { baseUrl, requests } = await stubServer({ status: 404, body: answer })
    const { stderr, code } = await headwater(['lineage', 's3://lake/a', '--up', '--api', baseUrl])
    expect({ stderr, code }).toEqual({ stderr: expect.stringContaining('s3://lake/a'), code: 1 })
    expect(requests[0]?.url.searchParams.get('key')).toBe('s3://lake/a')
  })

  test.each(['up', 'demo', 'replay'])('says in one line what %s needs', async (command) => {
    const { stderr, code } = await headwater([command])
    expect(stderr).toMatch(/^headwater: The \w+ needs a clone .*\n$/)
    expect(code).toBe(1)
  })
})
