import { type Alias, addAlias, removeAlias } from '../api/gateway-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { findGatewayUrl } from '../stack/find-addresses.ts'

export type ChangeAliasOptions = { readonly gateway?: string; readonly json: boolean }

/** Adds or removes an alias. Prints the position from which the change holds. */
export async function changeAlias(
  context: Context,
  config: CliConfig,
  change: 'add' | 'remove',
  alias: Alias,
  { gateway, json }: ChangeAliasOptions,
): Promise<number> {
  const access = { baseUrl: await findGatewayUrl(config, gateway), apiKey: config.HEADWATER_API_KEY }
  const position = await (change === 'add' ? addAlias : removeAlias)(access, alias)
  if (json) context.print(JSON.stringify({ ...alias, position }))
  else {
    const verb = change === 'add' ? 'is now' : 'is no longer'
    context.note(`${alias.alias} ${verb} an alias of ${alias.key}, in its history too; to read the result, pass --wait`)
    context.print(position)
  }
  return exitCodes.ok
}
