import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { durationArgument } from '../options/duration-argument.ts'
import { examples } from '../options/examples.ts'
import { configFor, type HomeOption, withHome } from '../options/home-option.ts'
import type { Run } from '../options/run.ts'
import { type KeysCreateOptions, keysCreate } from './keys-create.ts'
import { type KeysListOptions, keysList } from './keys-list.ts'
import { type KeysRevokeOptions, keysRevoke } from './keys-revoke.ts'
import { type KeysRotateOptions, keysRotate } from './keys-rotate.ts'
import { scopeArgument } from './scope-argument.ts'

const about = `
The API and the gateway ask for keys once HEADWATER_KEYS_FILE names this file in their environment. They notice changes within
a second or two. The file has hashes only; a key is shown once, when it is made.`
const dayMs = 86_400_000

/** Commands for the keys with which programs ask and send. */
export function addKeysCommands(program: Command, context: Context, run: Run): void {
  const keys = program
    .command('keys')
    .description('API keys: make, list, rotate or revoke them')
    .addHelpText('after', about)
    .addHelpText('after', examples('headwater keys create airflow --scope ingest', 'headwater keys list'))
  addCreate(keys, context, run)
  addRotate(keys, context, run)
  withFile(keys.command('list'))
    .description('every key with its scopes and state, never its secret')
    .addHelpText('after', examples('headwater keys list', 'headwater keys list --json'))
    .action((options: HomeOption & KeysListOptions) => run(keysList(context, configFor(context, options), options)))
  withFile(keys.command('revoke <id-or-name>'))
    .description('refuse a key, or all of a name, from now on and for ever')
    .addHelpText('after', examples('headwater keys revoke airflow', 'headwater keys revoke 3f9a1c0b77d2e481'))
    .action((idOrName: string, options: HomeOption & KeysRevokeOptions) =>
      run(keysRevoke(context, configFor(context, options), idOrName, options)),
    )
}

const withFile = (command: Command): Command =>
  withHome(command)
    .option('--file <path>', 'the keys file (default: HEADWATER_KEYS_FILE, else keys.json in the home folder)')
    .option('--json', 'as JSON', false)

function addCreate(keys: Command, context: Context, run: Run): void {
  withFile(keys.command('create <name>'))
    .description('make a key and show it once')
    .requiredOption('--scope <scope>', 'ingest, read, or admin for both; give it twice for two', scopeArgument)
    .option(
      '--expires <duration>',
      'how long it is good, e.g. 90d (default: until it is revoked)',
      durationArgument(1_000),
    )
    .addHelpText(
      'after',
      examples(
        'headwater keys create airflow --scope ingest',
        'headwater keys create dashboards --scope read --expires 90d',
        'headwater keys create ci --scope ingest --scope read --file /etc/headwater/keys.json --json',
      ),
    )
    .action((name: string, options: HomeOption & KeysCreateOptions) =>
      run(keysCreate(context, configFor(context, options), name, options)),
    )
}

function addRotate(keys: Command, context: Context, run: Run): void {
  withFile(keys.command('rotate <name>'))
    .description('make a key of the same name and scopes; the one before expires after an overlap')
    .option('--overlap <duration>', 'how long the one before stays good; 0s ends it now', durationArgument(0), dayMs)
    .option(
      '--expires <duration>',
      'how long the new one is good (default: as the one before)',
      durationArgument(1_000),
    )
    .addHelpText('after', examples('headwater keys rotate airflow', 'headwater keys rotate airflow --overlap 7d'))
    .action((name: string, options: HomeOption & KeysRotateOptions) =>
      run(keysRotate(context, configFor(context, options), name, options)),
    )
}
