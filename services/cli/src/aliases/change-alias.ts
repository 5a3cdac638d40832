import { findGatewayUrl } from '../api/find-gateway-url.ts'
import { type Alias, addAlias, removeAlias } from '../api/gateway-client.ts'
import { exitCodes } from '../cli-error.ts'
import type { CliConfig } from '../config.ts'
import type { Context } from '../context.ts'

export type AliasOptions = { readonly gateway: string | undefined; readonly json: boolean }

/** Says that two keys mean one asset, or says so no more. Prints the position at which it holds. */
export async function alias(
  context: Context,
  config: CliConfig,
  change: 'add' | 'remove',
  said: Alias,
  { gateway, json }: AliasOptions,
): Promise<number> {
  const access = { baseUrl: await findGatewayUrl(config, gateway), apiKey: config.HEADWATER_API_KEY }
  const position = await (change === 'add' ? addAlias : removeAlias)(access, said)
  if (json) context.print(JSON.stringify({ ...said, position }))
  else {
    const verb = change === 'add' ? 'means' : 'no longer means'
    context.note(`${said.alias} ${verb} ${said.key}, for the past too; to read what comes of it, pass --wait`)
    context.print(position)
  }
  return exitCodes.ok
}
