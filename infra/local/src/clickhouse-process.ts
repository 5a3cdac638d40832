import { mkdirSync } from 'node:fs'
import { parseAllowedHosts } from '@headwater/http/guard'
import { openEngine } from './clickhouse/engine.ts'
import { createFront } from './clickhouse/front.ts'

// The ClickHouse engine as a server: node clickhouse-process.js <data directory> <host> <port>; CLICKHOUSE_USER and
// CLICKHOUSE_PASSWORD are required of clients, and ALLOWED_HOSTS are names by which it is reached besides those of this machine.

const [path, host, port] = process.argv.slice(2)
const { CLICKHOUSE_USER: user = 'default', CLICKHOUSE_PASSWORD: password = '', ALLOWED_HOSTS = '' } = process.env
if (path === undefined || host === undefined || port === undefined || password === '') {
  process.stderr.write('usage: CLICKHOUSE_PASSWORD=... clickhouse-process <data directory> <host> <port>\n')
  process.exit(2)
}
mkdirSync(path, { recursive: true })
const engine = openEngine({ path, memory: '/dev/shm' })
const front = createFront({
  engine,
  maxBodyBytes: 512 << 20,
  concurrency: { reads: 16, writes: 8 },
  credentials: { user, password },
  allowedHosts: parseAllowedHosts(ALLOWED_HOSTS).entries,
})
front.once('error', (error) => {
  process.stderr.write(`ClickHouse front: ${error.message}\n`)
  process.exit(1)
})
front.listen(Number(port), host, () => process.stdout.write(`Listening on ${host}:${port}\n`))

process.once('SIGTERM', () => {
  front.close(() => {
    engine.close()
    process.exit(0)
  })
  front.closeIdleConnections()
  setTimeout(() => process.exit(0), 5_000).unref()
})
