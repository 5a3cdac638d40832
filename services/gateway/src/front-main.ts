import { createGuardedProxy, parseAllowedHosts, programsOnly } from '@headwater/http/guard'
import closeWithGrace from 'close-with-grace'

// In front of the containers of the registry and of ClickHouse, which take requests of any web page:
// node front-main.js 8081=http://registry:8080 8123=http://clickhouse:8123

const usage = 'usage: front-main <port>=<URL of the server behind it> ...'

function main(): void {
  const rules = programsOnly(parseAllowedHosts(process.env['ALLOWED_HOSTS'] ?? '').entries)
  const servers = process.argv.slice(2).map((argument) => {
    const [, port, target] = /^(\d{1,5})=(https?:\/\/\S+)$/.exec(argument) ?? []
    if (port === undefined || target === undefined) return fail(usage)
    const server = createGuardedProxy({ target, rules })
    return server.once('error', ({ message }) => fail(message)).listen(Number(port), '0.0.0.0')
  })
  if (servers.length === 0) fail(usage)
  closeWithGrace({ delay: 5_000, logger: false }, async () => {
    for (const server of servers) server.close()
  })
}

function fail(reason: string): never {
  process.stderr.write(`headwater front: ${reason}\n`)
  process.exit(1)
}

main()
