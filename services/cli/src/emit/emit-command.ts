import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { examples } from '../options/examples.ts'
import { configFor, type HomeOption, withHome } from '../options/home-option.ts'
import type { Run } from '../options/run.ts'
import { emit } from './emit.ts'

const shapes = `
Input: one event, an array of events, or one event a line, as JSON. "type" is MaterializationEvent, AssetEvent or CheckEvent;
the other fields are those of its schema. What has a default may be left out. In short: "job" is "namespace/name", an
input or output is a key, a time is ISO 8601, and a run without "state" SUCCEEDED. Nothing is sent when one event is wrong.`

/** Commands that write to the log. */
export function addWriteCommands(program: Command, context: Context, run: Run): void {
  withHome(program.command('emit [file]'))
    .description('send events, from a file or standard input; prints the position to pass to --wait')
    .option('--json', 'print what was sent as JSON', false)
    .addHelpText('after', shapes)
    .addHelpText(
      'after',
      examples(
        `echo '{"type":"MaterializationEvent","job":"shop/load","inputs":["s3://lake/raw"],"outputs":["s3://lake/orders"]}' | headwater emit`,
        'headwater emit events.ndjson',
        'headwater lineage s3://lake/orders --wait "$(headwater emit event.json)"',
      ),
    )
    .action((file: string | undefined, options: HomeOption & { json: boolean }) =>
      run(emit(context, configFor(context, options), { file, json: options.json })),
    )
}
