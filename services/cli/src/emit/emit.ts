import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { completeEvent } from '@headwater/lineage'
import { type HeadwaterEvent, uuidV7 } from '@headwater/schemas'
import { CliError, exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { findAddresses } from '../stack/find-addresses.ts'
import { printable } from '../terminal/printable.ts'
import { parseEvents } from './parse-events.ts'
import { sendEvents } from './send-events.ts'

const problemsShown = 10
const producer = 'headwater-cli/0.1.0'

export type EmitOptions = { readonly file: string | undefined; readonly json: boolean }

/** Sends the events of a file or of standard input: all, or none when one is wrong. Prints the position they are folded at. */
export async function emit(context: Context, config: CliConfig, { file, json }: EmitOptions): Promise<number> {
  const events = checkedEvents(parseEvents(await readInput(context, file)), context.now())
  if (events.length === 0) throw new CliError('INVALID_INPUT', 'There is no event in the input')
  const { kafkaBrokers, schemaRegistryUrl } = await findAddresses(config)
  const positions = await sendEvents(events, { config, brokers: kafkaBrokers, schemaRegistryUrl })
  if (json) context.print(JSON.stringify({ events: events.length, positions, position: positions.join(',') }))
  else {
    context.note(
      `Sent ${events.length} ${events.length === 1 ? 'event' : 'events'}; to read what they say, pass --wait`,
    )
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
    const more = problems.length > problemsShown ? [`and ${problems.length - problemsShown} more`] : []
    throw new CliError('INVALID_INPUT', ['Nothing was sent', ...problems.slice(0, problemsShown), ...more].join('\n  '))
  }
  return results.flatMap((result) => ('type' in result ? [result] : []))
}

async function readInput({ stdin, note }: Context, file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') {
    if (stdin.isTTY) note('Reading events from standard input; Ctrl-D ends it')
    return text(stdin)
  }
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CliError('INVALID_INPUT', `Cannot read ${file} (${cause.code})`, { cause })
  })
}
