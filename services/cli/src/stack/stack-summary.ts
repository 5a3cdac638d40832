import type { StackState } from '@headwater/local'
import type { Style } from '../terminal/style.ts'

/** Where everything is, and what to try where nothing else has said so. */
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
  ['npx headwater assets', 'what is known'],
  ['npx headwater lineage KEY', 'where an asset comes from, what is made from it'],
  ['npx headwater demo', 'the demo, on real data'],
  ['npx headwater status', 'how the parts are'],
] as const
