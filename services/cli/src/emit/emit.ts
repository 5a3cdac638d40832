import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { shellWord } from '@headwater/config/shell-word'
import { completeEvent } from '@headwater/lineage'
import { type HeadwaterEvent, uuidV7 } from '@headwater/schemas'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { findAddresses } from '../stack/find-addresses.ts'
import { counted } from '../terminal/counted.ts'
import { printable } from '../terminal/printable.ts'
import { version } from '../version.ts'
import { parseEvents } from './parse-events.ts'
import { sendEvents } from './send-events.ts'

const maxProblems = 10
const producer = `headwater-cli/${version}`

export type EmitOptions = { readonly file: string | undefined; readonly json: boolean }

/** Sends the events of a file or of standard input: all, or none if one is invalid. Prints the position to wait for. */
export async function emit(context: Context, config: CliConfig, { file, json }: EmitOptions): Promise<number> {
  const events = checkedEvents(parseEvents(await readInput(context, file)), context.now())
  if (events.length === 0) throw new CliError('INVALID_INPUT', 'The input has no events')
  const { kafkaBrokers, schemaRegistryUrl } = await findAddresses(config)
  const positions = await sendEvents(events, { config, brokers: kafkaBrokers, schemaRegistryUrl })
  if (json) context.print(JSON.stringify({ events: events.length, positions, position: positions.join(',') }))
  else {
    context.note(`Sent ${counted(events.length, 'event')}; to read the result, pass this position to --wait`)
    context.print(positions.join(','))
  }
  return exitCodes.ok
}

function checkedEvents(values: readonly unknown[], now: number): readonly HeadwaterEvent[] {
  const results = values.map((value) => completeEvent(value, { now, uuid: () => uuidV7(now), producer }))
  const problems = results.flatMap((result, index) =>
    'type' in result ? [] : result.map((problem) => printable(`event ${index + 1}: ${problem.detail}`)),
  )
  if (problems.length > 0) {
    const more = problems.length > maxProblems ? [`and ${problems.length - maxProblems} more`] : []
    throw new CliError('INVALID_INPUT', ['Nothing was sent', ...problems.slice(0, maxProblems), ...more].join('\n  '))
  }
  return results.flatMap((result) => ('type' in result ? [result] : []))
}

async function readInput({ stdin, note }: Context, file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') {
    if (stdin.isTTY) note('Reading events from standard input; end with Ctrl-D')
    return text(stdin)
  }
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CliError('INVALID_INPUT', `Cannot read ${shellWord(file)} (${cause.code})`, { cause })
  })
}
