import type { CliConfig } from '../config.ts'
import { findStack } from '../stack/running-stack.ts'
import { gatewayUrlOf } from '../stack/stack-services.ts'

/** Where the gateway is: as asked, else by GATEWAY_URL, else that of the running stack, else on GATEWAY_PORT of this machine. */
export async function findGatewayUrl(config: CliConfig, asked: string | undefined): Promise<string> {
  const given = asked ?? config.GATEWAY_URL
  if (given !== undefined) return given.replace(/\/+$/, '')
  return (await findStack(config.HEADWATER_HOME))?.state.urls['gateway'] ?? gatewayUrlOf(config)
}
