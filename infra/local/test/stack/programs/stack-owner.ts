import { startStack } from '../../../src/index.ts'

// Starts a stack in the home given as argument, prints its addresses, and stops it on SIGTERM.

const [home = ''] = process.argv.slice(2)
const stack = await startStack({ home, ports: { kafka: 0, registry: 0, clickhouse: 0 }, env: process.env })
const pids = stack.parts.map(({ pid }) => pid)
process.stdout.write(`${JSON.stringify({ addresses: stack.addresses, pids })}\n`)
process.once('SIGTERM', async () => {
  await stack.stop()
  process.exit(0)
})
