import { type Transport, TransportError } from '../transport.ts'
import { type OpenLineageTransportOptions, openLineageTransport } from './openlineage-transport.ts'

/**
 * Configures the OpenLineage transport from the variables of OpenLineage's own clients: OPENLINEAGE_URL, OPENLINEAGE_API_KEY and
 * OPENLINEAGE_ENDPOINT. With OPENLINEAGE_DISABLED=true all events are discarded. Without a URL events wait, and a warning names the variable.
 * @example
 * const transport = openLineageFromEnvironment(process.env)
 */
export function openLineageFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<OpenLineageTransportOptions, 'url' | 'apiKey' | 'endpoint'> = {},
): Transport {
  if (env['OPENLINEAGE_DISABLED']?.trim().toLowerCase() === 'true') return withoutServer(async () => {})
  const { OPENLINEAGE_URL: url, OPENLINEAGE_API_KEY: apiKey, OPENLINEAGE_ENDPOINT: endpoint } = env
  if (url === undefined || url.trim() === '') {
    return withoutServer(async () => {
      throw new TransportError(
        'REFUSED',
        'OPENLINEAGE_URL is not set. Set it, or discard events with OPENLINEAGE_DISABLED=true',
      )
    })
  }
  return openLineageTransport({
    ...options,
    url: url.trim(),
    ...optional('apiKey', apiKey),
    ...optional('endpoint', endpoint),
  })
}

const withoutServer = (send: Transport['send']): Transport => ({ send, close: async () => {} })

/** An empty variable counts as not set. */
function optional<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value.trim() === '' ? {} : ({ [name]: value.trim() } as Record<K, string>)
}
