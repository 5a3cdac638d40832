import type { StackState } from '@headwater/local/state'
import type { Style } from '../terminal/style.ts'

/** The address of each part, and with `withTries` commands to try. */
export function stackSummary(state: StackState, style: Style, withTries: boolean): readonly string[] {
  const { addresses, urls } = state
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['API', urls['api']],
    ['API docs', urls['docs']],
    ['Gateway', urls['gateway'] && `OPENLINEAGE_URL=${urls['gateway']}`],
    ['Metrics', urls['metrics']],
    ['Kafka', addresses.kafkaBrokers],
    ['Registry', addresses.schemaRegistryUrl],
    ['ClickHouse', addresses.clickhouseUrl],
  ]
  return [
    style.bold('Headwater is running'),
    ...rows.flatMap(([name, address]) => (address === undefined ? [] : [`  ${name.padEnd(12)}${address}`])),
    ...(withTries ? ['', 'Try', ...tries.map(([command, what]) => `  ${command.padEnd(34)}${style.dim(what)}`)] : []),
  ]
}

const tries = [
  ['npx headwater assets', 'list assets'],
  ['npx headwater lineage KEY', 'upstream and downstream of an asset'],
  ['npx headwater demo', 'run the demo on real data'],
  ['npx headwater status', 'state of each part'],
] as const
