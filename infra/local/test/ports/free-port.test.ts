import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { freePort } from '../../src/ports/free-port.ts'
import { processScript } from '../../src/process/process-script.ts'

const module = new URL('../../src/ports/free-port.ts', import.meta.url).href
const runner = processScript('index').slice(0, -1)

/** A hundred ports claimed by another process, which holds them until its input ends. */
function claimElsewhere() {
  const script = `import { freePort } from ${JSON.stringify(module)}
    const ports = []
    while (ports.length < 100) ports.push(await freePort())
    process.stdout.write(JSON.stringify(ports))
    process.stdin.resume()`
  return spawn(process.execPath, [...runner, '--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

test('processes that pick ports at the same time never get the same one', async () => {
  const processes = [claimElsewhere(), claimElsewhere(), claimElsewhere()]
  const claimed = await Promise.all(processes.map(async ({ stdout }) => JSON.parse(String(await once(stdout, 'data')))))
  const own = await Promise.all(Array.from({ length: 100 }, () => freePort()))
  const all = [...own, ...claimed.flat()]
  expect(new Set(all).size).toBe(400)
  await Promise.all(
    processes.map(async ({ stdin, stdout }) => {
      stdin.end()
      await text(stdout)
    }),
  )
}, 30_000)

test('a port that is listened on is not returned, and lies outside those that systems give to connections', async () => {
  const port = await freePort()
  expect(port).toBeLessThan(32_768)
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  await expect(once(createServer().listen(port, '127.0.0.1'), 'listening')).rejects.toThrow('EADDRINUSE')
  server.close()
})
