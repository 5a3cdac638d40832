import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'

const input = `
Input: JSON, as one event, an array of events, or one event per line. "type" is MaterializationEvent, AssetEvent or CheckEvent;
the other fields are those of its schema, and those with a default are optional. Short forms: "job" is "namespace/name", an input
or output is a key, a time is ISO 8601, and a run without "state" SUCCEEDED. If one event is invalid, none is sent.`

export function addEmitCommand(program: Command, { context, run }: CommandHost): void {
  withHome(program.command('emit [file]'))
    .description('send events from a file or standard input; prints the position to pass to --wait')
    .option('--json', 'print the number of events and their positions as JSON', false)
    .addHelpText('after', input)
    .addHelpText(
      'after',
      examples(
        `echo '{"type":"MaterializationEvent","job":"shop/load","inputs":["s3://lake/raw"],"outputs":["s3://lake/orders"]}' | headwater emit`,
        'headwater emit events.ndjson',
        'headwater lineage s3://lake/orders --wait "$(headwater emit event.json)"',
      ),
    )
    .action((file: string | undefined, options: HomeOption & { json: boolean }) =>
      run(options, async (config) => (await import('./emit.ts')).emit(context, config, { file, json: options.json })),
    )
}
