import { styleText } from 'node:util'
import { clickHouseConnection, clickHouseLogin } from '@headwater/config'
import { shellWord } from '@headwater/config/shell-word'
import { kafkaLogin, kafkaTls } from '@headwater/kafka'
import { kafkaTransport } from '@headwater/producer'
import { type DemoConfig, loadConfig } from './config.ts'
import { connectApi } from './headwater-api.ts'
import { type Lineage, lineageTree } from './lineage-tree.ts'
import { runPipeline } from './run-pipeline.ts'
import { runRecorder } from './run-recorder.ts'
import { createStory, type Paint, painter } from './story.ts'

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const paint = painter(styleText('bold', 'x', { stream: process.stdout }) !== 'x') // by NO_COLOR, FORCE_COLOR and the terminal
  const api = connectApi(config.HEADWATER_API_URL, config.HEADWATER_API_KEY)
  await api.requireReadable()

  const since = Date.now()
  print('Three teams process real data: 3 million flights, airports, wildlife strikes, the stock market.')
  const sasl = kafkaLogin(config)
  const transport = runRecorder(
    kafkaTransport({
      brokers: config.KAFKA_BROKERS.split(','),
      ssl: kafkaTls(config),
      ...(sasl === undefined ? {} : { sasl }),
      schemaRegistryUrl: config.SCHEMA_REGISTRY_URL,
      clientId: 'headwater-demo',
    }),
  )
  const { dashboard, delivery } = await runPipeline({
    transport,
    clickhouse: clickHouseConnection(clickHouseLogin(config), config),
    database: 'demo',
    folder: config.folder,
    story: createStory(print, paint),
  })
  if (delivery.undelivered + delivery.dropped > 0) {
    throw new Error(`${delivery.undelivered + delivery.dropped} lineage events were not delivered: ${delivery.reason}`)
  }
  await api.waitForRuns(transport.endedRuns)
  const runs = `${transport.endedRuns.size} runs, ${delivery.delivered} events`
  print(`\nDone in ${((Date.now() - since) / 1000).toFixed(1)} s: ${runs}, all visible in the API.`)

  printUpstreams(await api.upstream(dashboard), print, paint)
  printNextSteps(config, dashboard, print, paint)
}

type Print = (line: string) => void

function printUpstreams(lineage: Lineage, print: Print, paint: Paint): void {
  const size = paint('dim', `${lineage.nodes.length} assets, ${lineage.edges.length} edges`)
  print(`\n${paint('bold', 'Upstream of the dashboard')} ${size}`)
  for (const line of lineageTree(lineage)) print(`  ${line}`)
}

function printNextSteps(
  { HEADWATER_API_URL: url, HEADWATER_API_KEY: apiKey, folder }: DemoConfig,
  dashboard: string,
  print: Print,
  paint: Paint,
): void {
  const login = apiKey === '' ? '' : '-H "Authorization: Bearer $HEADWATER_API_KEY" '
  const curl = (path: string, key: string) => `curl ${login}'${url}/api/v1/${path}key=${encodeURIComponent(key)}'`
  print(`
${paint('bold', 'Open')}
  Headwater  ${paint('cyan', url)}
  API docs   ${paint('cyan', `${url}/docs`)}
  dashboard  ${paint('cyan', shellWord(`${folder}/dashboards/flight-delays.html`))}

${paint('bold', 'Try next')}
  npx headwater lineage ${shellWord(dashboard)}
  ${curl('lineage?direction=downstream&', 'vega://data/flights-3m.parquet')}
  ${curl('asset?', 'clickhouse://local/demo/airport_states')}`)
}

main().catch((error: Error) => {
  process.stderr.write(`headwater demo: ${error.message}\n`)
  process.exit(1)
})
