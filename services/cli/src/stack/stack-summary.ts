import { shellWord } from '@headwater/config/shell-word'
import { textWithoutSecrets } from '@headwater/lineage'
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
    ...(state.ready
      ? [style.bold('Headwater is running')]
      : [style.bold('Headwater is NOT running in full'), ...troubleLines(state).map(style.red)]),
    ...rows.flatMap(([name, address]) => (address === undefined ? [] : [`  ${name.padEnd(12)}${address}`])),
    ...(withTries ? ['', 'Try', ...tries.map(([command, what]) => `  ${command.padEnd(34)}${style.dim(what)}`)] : []),
  ]
}

/** A line for each part that does not run: since when, why, when it is tried again, and where its log is. */
export function troubleLines({ parts }: StackState): readonly string[] {
  return parts
    .filter(({ state }) => state !== 'ready')
    .map(({ name, state, since, reason, nextTry, logFile }) => {
      const facts = [
        reason === undefined ? undefined : textWithoutSecrets(reason),
        nextTry === undefined ? undefined : `next try at ${nextTry}`,
        logFile === undefined ? undefined : `log: ${shellWord(logFile)}`,
      ]
      const text = facts.filter((fact) => fact !== undefined).join('; ')
      return `${name}: ${state}${since === undefined ? '' : ` since ${since}`}${text === '' ? '' : `: ${text}`}`
    })
}

const tries = [
  ['npx headwater assets', 'list assets'],
  ['npx headwater lineage KEY', 'upstream and downstream of an asset'],
  ['npx headwater demo', 'run the demo on real data'],
  ['npx headwater status', 'state of each part'],
] as const
