import { type Transport, TransportError } from '../transport.ts'
import { type OpenLineageTransportOptions, openLineageTransport } from './openlineage-transport.ts'

/**
 * The transport that the variables of OpenLineage's own clients ask for: OPENLINEAGE_URL, OPENLINEAGE_API_KEY, OPENLINEAGE_ENDPOINT, and
 * OPENLINEAGE_DISABLED=true, with which all events are thrown away. Without a URL events wait, and a warning names the variable.
 */
export function openLineageFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  options: Omit<OpenLineageTransportOptions, 'url' | 'apiKey' | 'endpoint'> = {},
): Transport {
  if (env['OPENLINEAGE_DISABLED']?.trim().toLowerCase() === 'true') return nowhere(async () => {})
  const { OPENLINEAGE_URL: url, OPENLINEAGE_API_KEY: apiKey, OPENLINEAGE_ENDPOINT: endpoint } = env
  if (url === undefined || url.trim() === '') {
    const why = 'OPENLINEAGE_URL is not set; set it, or OPENLINEAGE_DISABLED=true'
    return nowhere(async () => {
      throw new TransportError('REFUSED', `Lineage has nowhere to go: ${why}`)
    })
  }
  return openLineageTransport({ ...options, url: url.trim(), ...said('apiKey', apiKey), ...said('endpoint', endpoint) })
}

const nowhere = (send: Transport['send']): Transport => ({ send, close: async () => {} })

/** A variable that is empty is not set. */
function said<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value.trim() === '' ? {} : ({ [name]: value.trim() } as Record<K, string>)
}
