import type { CliConfig } from '../config.ts'
import { findStack } from '../stack/running-stack.ts'
import { apiUrlOf } from '../stack/stack-services.ts'
import type { ApiAccess } from './api-client.ts'

/** Where the API is: as asked, else by HEADWATER_API_URL, else that of the running stack, else on API_PORT of this machine. */
export async function findApiUrl(config: CliConfig, asked: string | undefined): Promise<string> {
  const given = asked ?? config.HEADWATER_API_URL
  if (given !== undefined) return given.replace(/\/+$/, '')
  return (await findStack(config.HEADWATER_HOME))?.state.urls['api'] ?? apiUrlOf(config)
}

/** Where the API is, and the key to ask it with. */
export const findApi = async (config: CliConfig, asked: string | undefined): Promise<ApiAccess> => ({
  baseUrl: await findApiUrl(config, asked),
  apiKey: config.HEADWATER_API_KEY,
})
