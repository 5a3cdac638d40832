import { clickHouseLogin } from '@headwater/config'
import { kafkaTransport } from '@headwater/producer'
import { loadConfig } from './config.ts'
import { connectApi } from './headwater-api.ts'
import { lineageTree } from './lineage-tree.ts'
import { runPipeline } from './run-pipeline.ts'
import { runRecorder } from './run-recorder.ts'
import { createStory, painter } from './story.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  const paint = painter(process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '')
  const url = config.HEADWATER_API_URL
  const api = connectApi(url, config.HEADWATER_API_KEY)
  await api.requireReachable()

  const since = Date.now()
  say('Three teams at work on real data: 3 million flights, airports, wildlife strikes, the stock market.')
  const transport = runRecorder(
    kafkaTransport({
      brokers: config.KAFKA_BROKERS.split(','),
      schemaRegistryUrl: config.SCHEMA_REGISTRY_URL,
      clientId: 'headwater-demo',
    }),
  )
  const { dashboard, delivery } = await runPipeline({
    transport,
    clickhouse: clickHouseLogin(config),
    database: 'demo',
    folder: config.folder,
    story: createStory(say, paint),
  })
  if (delivery.undelivered + delivery.dropped > 0) {
    throw new Error(`${delivery.undelivered + delivery.dropped} lineage events were not delivered: ${delivery.reason}`)
  }
  await api.waitForRuns(transport.endedRuns)
  const runs = `${transport.endedRuns.size} runs, ${delivery.delivered} events`
  say(`\nDone in ${((Date.now() - since) / 1000).toFixed(1)} s: ${runs}, all of them shown by the API.`)

  const lineage = await api.upstream(dashboard)
  say(
    `\n${paint('bold', 'Where the dashboard comes from')} ${paint('dim', `${lineage.nodes.length} assets, ${lineage.edges.length} edges`)}`,
  )
  for (const line of lineageTree(lineage)) say(`  ${line}`)
  const asked = (path: string, key: string) => `curl '${url}/api/v1/${path}key=${encodeURIComponent(key)}'`
  say(`
${paint('bold', 'Look')}
  Headwater  ${paint('cyan', url)}
  its API    ${paint('cyan', `${url}/docs`)}
  dashboard  ${paint('cyan', `${config.folder}/dashboards/flight-delays.html`)}

${paint('bold', 'Try next')}
  npx headwater lineage ${dashboard}
  ${asked('lineage?direction=downstream&', 'vega://data/flights-3m.parquet')}
  ${asked('asset?', 'clickhouse://local/demo/airport_states')}`)
}

main().catch((error: Error) => {
  process.stderr.write(`headwater demo: ${error.message}\n`)
  process.exit(1)
})
