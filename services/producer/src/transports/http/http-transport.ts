import type { HeadwaterEvent } from '@headwater/schemas'
import type { Transport } from '../transport.ts'
import { endpointUrl } from './endpoint-url.ts'
import type { HttpOptions } from './http-client.ts'
import { httpClient } from './http-client.ts'
import { partialSuccess } from './partial-success.ts'

export type HttpTransportOptions = HttpOptions

/**
 * Sends events to a Headwater gateway.
 * @example
 * const transport = httpTransport({ url: 'http://localhost:8090', apiKey: process.env.HEADWATER_API_KEY })
 */
export function httpTransport(options: HttpTransportOptions): Transport {
  const url = endpointUrl(options.url, 'api/v1/events')
  const client = httpClient(url, options)
  return {
    async send(events) {
      const answer = await client.post(JSON.stringify(events.map(flattened)))
      const failure = partialSuccess(answer, url)
      if (failure !== undefined) throw failure
    },
    close: async () => client.close(),
  }
}

/** An event in the form that the gateway and `headwater emit` accept. */
function flattened({ type, event }: HeadwaterEvent): object {
  return { type, ...event }
}
