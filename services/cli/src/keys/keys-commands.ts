import type { Command } from 'commander'
import type { CommandHost } from '../options/command-host.ts'
import { durationArgument } from '../options/duration-argument.ts'
import { examples } from '../options/examples.ts'
import { type HomeOption, withHome } from '../options/home-option.ts'
import { repeated } from '../options/repeated.ts'
import type { KeysCreateOptions } from './keys-create.ts'
import type { KeysListOptions } from './keys-list.ts'
import type { KeysRevokeOptions } from './keys-revoke.ts'
import type { KeysRotateOptions } from './keys-rotate.ts'
import { scopeArgument } from './scope-argument.ts'

const about = `
The API and the gateway require keys once HEADWATER_KEYS_FILE in their environment names this file. They pick up changes within two
seconds. The file holds hashes only; a key is shown once, when it is created.`
const aboutBinding = `
A binding limits what a key reports, not what it reads: its runs may have any input, and with the scope read it queries everything.
A prefix covers its own key and those below it, by whole segments; a scheme alone, such as dashboard://, covers all its keys.`
const dayMs = 86_400_000

/** Commands for the API keys with which clients authenticate. */
export function addKeysCommands(program: Command, host: CommandHost): void {
  const keys = program
    .command('keys')
    .description('API keys: create, list, rotate or revoke them')
    .addHelpText('after', about)
    .addHelpText('after', examples('headwater keys create airflow --scope ingest', 'headwater keys list'))
  addCreate(keys, host)
  addRotate(keys, host)
  addList(keys, host)
  addRevoke(keys, host)
}

const withFile = (command: Command): Command =>
  withHome(command)
    .option('--file <path>', 'the keys file (default: HEADWATER_KEYS_FILE, else keys.json in the home directory)')
    .option('--json', 'print JSON', false)

function addCreate(keys: Command, { context, run }: CommandHost): void {
  withFile(keys.command('create <name>'))
    .description('create a key and show it once')
    .requiredOption(
      '--scope <scope>',
      'ingest, read, or admin, which includes both; repeat the option for two scopes',
      scopeArgument,
    )
    .option(
      '--namespace <namespace>',
      'with ingest: the key may report jobs in this namespace only; repeat the option for several',
      repeated,
    )
    .option(
      '--prefix <prefix>',
      'with --namespace: the key may write assets under this key prefix only, e.g. s3://raw; repeat it for several',
      repeated,
    )
    .option(
      '--expires <duration>',
      'lifetime of the key, e.g. 90d (default: until it is revoked)',
      durationArgument(1_000),
    )
    .addHelpText('after', aboutBinding)
    .addHelpText(
      'after',
      examples(
        'headwater keys create airflow --scope ingest',
        'headwater keys create dashboards --scope read --expires 90d',
        'headwater keys create etl --scope ingest --namespace airflow --prefix s3://raw --prefix postgres://db/shop',
        'headwater keys create ci --scope ingest --scope read --file /etc/headwater/keys.json --json',
      ),
    )
    .action((name: string, options: HomeOption & KeysCreateOptions) =>
      run(options, async (config) => (await import('./keys-create.ts')).keysCreate(context, config, name, options)),
    )
}

function addRotate(keys: Command, { context, run }: CommandHost): void {
  withFile(keys.command('rotate <name>'))
    .description('create a key with the same name, scopes and binding; the old key expires after an overlap')
    .option('--overlap <duration>', 'how long the old key stays valid; 0s expires it now', durationArgument(0), dayMs)
    .option('--expires <duration>', 'lifetime of the new key (default: that of the old key)', durationArgument(1_000))
    .addHelpText('after', examples('headwater keys rotate airflow', 'headwater keys rotate airflow --overlap 7d'))
    .action((name: string, options: HomeOption & KeysRotateOptions) =>
      run(options, async (config) => (await import('./keys-rotate.ts')).keysRotate(context, config, name, options)),
    )
}

function addList(keys: Command, { context, run }: CommandHost): void {
  withFile(keys.command('list'))
    .description('list keys with their scopes and state, without their secrets')
    .addHelpText('after', examples('headwater keys list', 'headwater keys list --json'))
    .action((options: HomeOption & KeysListOptions) =>
      run(options, async (config) => (await import('./keys-list.ts')).keysList(context, config, options)),
    )
}

function addRevoke(keys: Command, { context, run }: CommandHost): void {
  withFile(keys.command('revoke <id-or-name>'))
    .description('revoke a key, or every key with a name, permanently')
    .addHelpText('after', examples('headwater keys revoke airflow', 'headwater keys revoke 3f9a1c0b77d2e481'))
    .action((idOrName: string, options: HomeOption & KeysRevokeOptions) =>
      run(options, async (config) => (await import('./keys-revoke.ts')).keysRevoke(context, config, idOrName, options)),
    )
}
