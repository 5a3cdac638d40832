import { once } from 'node:events'
import { createGuardedProxy, parseAllowedHosts, programsOnly } from '@headwater/http/guard'
import type { RegistryToken } from './registry-token.ts'

export type RegistryFrontOptions = {
  readonly port: number
  /** Of the registry itself, which a page could reach as well; it asks for the token. */
  readonly innerPort: number
  readonly token: RegistryToken
  readonly env: NodeJS.ProcessEnv
}

export interface RegistryFront {
  close(): void
}

/** Opens the address of the registry: Apicurio checks no Host and takes requests of any page. */
export async function openRegistryFront({ port, innerPort, token, env }: RegistryFrontOptions): Promise<RegistryFront> {
  const server = createGuardedProxy({
    target: `http://127.0.0.1:${innerPort}`,
    rules: programsOnly(parseAllowedHosts(env['ALLOWED_HOSTS'] ?? '').entries),
    authorization: token.authorization,
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
