import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'
import { type ReadOptions, readCommand } from '../options/read-options.ts'
import type { ChangeAliasOptions } from './change-alias.ts'

type Options = HomeOption & ChangeAliasOptions & { readonly authority: boolean }

/** Commands that list, add and remove aliases of an asset key. */
export function addAliasCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('alias')
    .description('aliases: keys that resolve to the same asset, in its history too')
    .addHelpText('after', examples('headwater alias add postgres://analytics/shop/public/orders s3://lake/orders'))
  addList(group, host)
  addChange(group, 'add', host)
  addChange(group, 'remove', host)
}

function addList(group: Command, { context, query }: CommandHost): void {
  readCommand(group, 'list <key>')
    .description('the aliases of an asset, who declared each, and when')
    .addHelpText('after', examples('headwater alias list postgres://shop/public/orders'))
    .action((key: string, options: ReadOptions) =>
      query(options, async (api) => (await import('./alias-list.ts')).aliasList(context, api, key, options)),
    )
}

function addChange(group: Command, change: 'add' | 'remove', { context, run }: CommandHost): void {
  withHome(group.command(`${change} <key> <other>`))
    .description(change === 'add' ? 'make OTHER an alias of the asset KEY' : 'remove OTHER from the aliases of KEY')
    .option(
      '--authority',
      'both are prefixes: each key under OTHER resolves to the same key under KEY; a scheme alone is for keys without an authority',
      false,
    )
    .option('--gateway <url>', 'URL of the gateway (default: GATEWAY_URL, else the running stack)')
    .option('--json', 'print JSON', false)
    .addHelpText(
      'after',
      examples(
        `headwater alias ${change} postgres://analytics/shop/public/orders s3://lake/orders`,
        `headwater alias ${change} postgres://analytics postgres://10.0.0.5 --authority`,
        `headwater alias ${change} snowflake://org-acct snowflake:// --authority`,
      ),
    )
    .action((key: string, other: string, options: Options) =>
      run(options, async (config) =>
        (await import('./change-alias.ts')).changeAlias(
          context,
          config,
          change,
          { key, alias: other, authority: options.authority },
          options,
        ),
      ),
    )
}
