import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type SupervisedOptions, startTimeOf, superviseProcess } from '../../src/index.ts'
import { processScript } from '../../src/process/process-script.ts'

const folder = mkdtempSync(join(tmpdir(), 'headwater supervised-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
/** A process that reports by a file that it is ready, and then executes `then`. */
function options(script: string, more: Partial<SupervisedOptions> = {}): SupervisedOptions & { mark: string } {
  const mark = join(folder, `mark ${++count}`)
  return {
    mark,
    name: `part ${count}`,
    command: process.execPath,
    args: ['-e', script, mark],
    env: process.env,
    logFile: join(folder, 'logs', `part ${count}.log`),
    check: async () => {
      if (!existsSync(mark)) throw new Error('no mark yet')
    },
    readyWithinMs: 10_000,
    stopWithinMs: 5_000,
    ...more,
  }
}
const ready = 'require("fs").writeFileSync(process.argv[1], ""); '
const wait = 'setInterval(() => {}, 1000)'
const gone = async (pid: number | undefined) => (await startTimeOf(pid ?? 0)) === undefined

test('a process that is killed is started again, and serves again', async () => {
  const part = superviseProcess(options(ready + wait))
  await part.start()
  const before = part.pid
  part.kill('SIGKILL')
  expect(part.state).toBe('restarting')
  await part.ready()
  expect(part.pid).not.toBe(before)
  expect(part.restarts).toBe(1)
  await part.stop()
  expect(part.state).toBe('stopped')
  expect(await gone(before)).toBe(true)
})

test('a process that ends before it is ready fails the start with the end of its log, and is not started again', async () => {
  const part = superviseProcess(options('console.log("the reason"); process.exit(3)'))
  await expect(part.start()).rejects.toMatchObject({
    code: 'PART_CRASHED',
    message: expect.stringContaining('the reason'),
  })
  expect(part).toMatchObject({ state: 'failed', restarts: 0, pid: undefined })
})

test('a command that does not exist fails the start', async () => {
  const part = superviseProcess(options('', { command: 'no-such-command' }))
  await expect(part.start()).rejects.toMatchObject({
    code: 'PART_CRASHED',
    message: expect.stringContaining('not found'),
  })
})

test('a process that is not ready in time is stopped, and its last answer is reported', async () => {
  const part = superviseProcess(options(wait, { readyWithinMs: 300 }))
  const starting = part.start()
  const { pid } = part
  await expect(starting).rejects.toMatchObject({ code: 'NOT_READY', message: expect.stringContaining('no mark yet') })
  await expect.poll(() => gone(pid), { timeout: 20_000 }).toBe(true)
})

const quick = { firstDelayMs: 1, maxDelayMs: 50, healthyAfterMs: 60_000, failingAfter: 3 }

test('a process that keeps crashing says so loudly, and runs again when the cause is gone', async () => {
  const events: string[] = []
  const onEvent = (line: string) => events.push(line)
  const cause = join(folder, 'the cause')
  writeFileSync(cause, '')
  const crash = `setTimeout(() => { if (require("fs").existsSync(${JSON.stringify(cause)})) { console.log("why"); process.exit(7) } }, 500);`
  const part = superviseProcess(options(`${ready}${crash}${wait}`, { crashPolicy: quick, onEvent }))
  const before = Date.now()
  await part.start() // notices that it is ready before it ends, on a busy machine too
  await expect.poll(() => part.state, { timeout: 20_000, interval: 5 }).toBe('failing')
  expect(part.since).toBeGreaterThanOrEqual(before)
  expect(part.trouble).toMatchObject({ reason: expect.stringMatching(/^ended with code 7, \d+ times in a row: why$/) })
  await expect
    .poll(() => events.at(-1), { timeout: 20_000 })
    .toMatch(/ended with code 7, \d+ times in a row: why; it does not run, and is started again in 1 s; see .*\.log/)
  expect(part.failure()).toMatchObject({ code: 'PART_CRASHED', message: expect.stringContaining(part.logFile) })
  rmSync(cause)
  await expect.poll(() => part.state, { timeout: 20_000 }).toBe('ready')
  expect(part.trouble).toBeUndefined()
  await part.stop()
})

test('a process whose log cannot be opened is tried again, and the supervisor lives on', async () => {
  const logs = join(folder, 'logs on a full disk')
  const part = superviseProcess(options(ready + wait, { crashPolicy: quick, logFile: join(logs, 'part.log') }))
  await part.start()
  rmSync(logs, { recursive: true })
  writeFileSync(logs, 'no folder')
  part.kill('SIGKILL')
  await expect.poll(() => part.trouble?.reason, { timeout: 20_000 }).toMatch(/^did not start \(.*times in a row$/)
  rmSync(logs)
  await expect.poll(() => part.state, { timeout: 20_000 }).toBe('ready')
  await part.stop()
})

test('a process that does not heed SIGTERM is killed after the deadline', async () => {
  const part = superviseProcess(options(`process.on("SIGTERM", () => {}); ${ready}${wait}`, { stopWithinMs: 200 }))
  await part.start()
  const { pid } = part
  await part.stop()
  expect(await gone(pid)).toBe(true)
})

test('nothing is left when the supervisor is killed', async () => {
  const script = join(folder, 'supervisor.mts')
  const pidFile = join(folder, 'pid of the child')
  const child = options(`${ready}process.on("SIGTERM", () => process.exit(0)); ${wait}`)
  writeFileSync(
    script,
    `import { superviseProcess } from ${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)}
     import { existsSync, writeFileSync } from 'node:fs'
     const options = ${JSON.stringify(child)}
     const check = async () => { if (!existsSync(options.mark)) throw new Error('not yet') }
     const part = superviseProcess({ ...options, env: process.env, check })
     await part.start()
     writeFileSync(${JSON.stringify(pidFile)}, String(part.pid))`,
  )
  const runner = [...processScript('index').slice(0, -1), script]
  const supervisor = spawn(process.execPath, runner, { stdio: 'ignore' })
  await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', { timeout: 20_000 }).toBe(true)
  const pid = Number(readFileSync(pidFile, 'utf8'))
  expect(await gone(pid)).toBe(false)
  supervisor.kill('SIGKILL')
  await expect.poll(() => gone(pid), { timeout: 10_000 }).toBe(true)
})
