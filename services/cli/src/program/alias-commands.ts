import type { Command } from 'commander'
import { aliasList } from '../commands/alias-list.ts'
import type { ReadOptions } from '../commands/read-options.ts'
import type { Context } from '../context.ts'
import { examples } from './examples.ts'
import { createReader } from './reader.ts'
import type { Run } from './run.ts'

/** Commands about which keys mean one asset. */
export function addAliasCommands(program: Command, context: Context, run: Run): void {
  const alias = program
    .command('alias')
    .description('which keys mean one asset')
    .addHelpText('after', examples('headwater alias list postgres://shop/public/orders'))
  const { read, ask } = createReader(alias, context, run)
  read('list <key>')
    .description('the keys that mean an asset, who says so, and when')
    .addHelpText('after', examples('headwater alias list postgres://shop/public/orders'))
    .action((key: string, options: ReadOptions) => ask(options, (api) => aliasList(context, api, key, options)))
}
