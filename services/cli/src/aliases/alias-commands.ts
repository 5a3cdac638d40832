import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { examples } from '../options/examples.ts'
import { configFor, type HomeOption, withHome } from '../options/home-option.ts'
import type { ReadOptions } from '../options/read-options.ts'
import { createReader } from '../options/reader.ts'
import type { Run } from '../options/run.ts'
import { aliasList } from './alias-list.ts'
import { type AliasOptions, alias } from './change-alias.ts'

type Options = HomeOption & AliasOptions & { readonly authority: boolean }

/** Commands about which keys mean one asset. */
export function addAliasCommands(program: Command, context: Context, run: Run): void {
  const group = program
    .command('alias')
    .description('say which keys mean one asset, for the past too')
    .addHelpText('after', examples('headwater alias add postgres://analytics/shop/public/orders s3://lake/orders'))
  addListCommand(group, context, run)
  for (const change of ['add', 'remove'] as const) {
    withHome(group.command(`${change} <key> <other>`))
      .description(change === 'add' ? 'OTHER means the asset KEY from now on' : 'take back that OTHER means KEY')
      .option(
        '--authority',
        'both are beginnings of keys: every key under OTHER means the one under KEY; of a scheme alone, keys without authority',
        false,
      )
      .option('--gateway <url>', 'gateway to tell; default GATEWAY_URL, else the running stack')
      .option('--json', 'as JSON', false)
      .addHelpText(
        'after',
        examples(
          `headwater alias ${change} postgres://analytics/shop/public/orders s3://lake/orders`,
          `headwater alias ${change} postgres://analytics postgres://10.0.0.5 --authority`,
          `headwater alias ${change} snowflake://org-acct snowflake:// --authority`,
        ),
      )
      .action((key: string, other: string, { authority, gateway, json, ...home }: Options) =>
        run(alias(context, configFor(context, home), change, { key, alias: other, authority }, { gateway, json })),
      )
  }
}

function addListCommand(group: Command, context: Context, run: Run): void {
  const { read, ask } = createReader(group, context, run)
  read('list <key>')
    .description('the keys that mean an asset, who says so, and when')
    .addHelpText('after', examples('headwater alias list postgres://shop/public/orders'))
    .action((key: string, options: ReadOptions) => ask(options, (api) => aliasList(context, api, key, options)))
}
