import type { HeadwaterEvent } from '@headwater/schemas'
import type { Transport } from '../transport.ts'
import { endpointUrl } from './endpoint-url.ts'
import { httpClient } from './http-client.ts'
import type { HttpOptions } from './http-options.ts'
import { partialSuccess } from './partial-success.ts'

export type HttpTransportOptions = HttpOptions

/** Sends events to a Headwater gateway. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const url = endpointUrl(options.url, 'api/v1/events')
  const client = httpClient(url, options)
  return {
    async send(events) {
      const answer = await client.post(JSON.stringify(events.map(written)))
      const failure = partialSuccess(answer, url)
      if (failure !== undefined) throw failure
    },
    close: async () => client.close(),
  }
}

/** An event as the gateway and `headwater emit` take it. */
function written({ type, event }: HeadwaterEvent): object {
  return { type, ...event }
}
