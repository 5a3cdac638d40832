import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { examples } from '../options/examples.ts'
import { readCommand, withPages } from '../options/read-options.ts'
import { withMoment } from '../options/view-options.ts'
import type { AssetOptions } from './asset.ts'
import type { AssetsOptions } from './assets.ts'
import type { HistoryOptions } from './history.ts'

/** Commands that list assets and show one. */
export function addAssetCommands(program: Command, { context, query }: CommandHost): void {
  withPages(readCommand(program, 'assets [query]'))
    .description('list assets: all, or those whose key contains the query')
    .option('--prefix <text>', 'only keys that start with this text')
    .option('--platform <name>', 'only keys of this scheme, e.g. postgres')
    .addHelpText(
      'after',
      examples(
        'headwater assets',
        'headwater assets orders --platform postgres',
        'headwater assets --prefix s3://lake/ --all',
      ),
    )
    .action((text: string | undefined, options: AssetsOptions) =>
      query(options, async (api) => (await import('./assets.ts')).assets(context, api, text, options)),
    )
  withMoment(readCommand(program, 'asset <key>'), context)
    .description('everything about one asset')
    .addHelpText(
      'after',
      examples(
        'headwater asset postgres://shop/public/orders',
        'headwater asset postgres://shop/public/orders --as-of 2026-11-01',
      ),
    )
    .action((key: string, options: AssetOptions) =>
      query(options, async (api) => (await import('./asset.ts')).asset(context, api, key, options)),
    )
  withMoment(withPages(readCommand(program, 'history <key>')), context)
    .description('runs that wrote one asset, latest first')
    .option('--state <state>', 'only runs in this state, e.g. FAILED')
    .addHelpText(
      'after',
      examples(
        'headwater history s3://lake/orders',
        'headwater history s3://lake/orders --state FAILED --all',
        'headwater history s3://lake/orders --as-of 3d',
      ),
    )
    .action((key: string, options: HistoryOptions) =>
      query(options, async (api) => (await import('./history.ts')).history(context, api, key, options)),
    )
}
