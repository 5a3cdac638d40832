import type { HeadwaterEvent } from '@headwater/schemas'
import { endpointUrl } from './endpoint-url.ts'
import { httpClient } from './http-client.ts'
import type { HttpOptions } from './http-options.ts'
import { partialSuccess } from './partial-success.ts'
import type { Transport } from './transport.ts'

export type HttpTransportOptions = HttpOptions

/** Sends events to a Headwater gateway. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const client = httpClient(endpointUrl(options.url, 'api/v1/events'), options)
  return {
    async send(events) {
      const { text } = await client.post(JSON.stringify(events.map(written)))
      const failure = partialSuccess(text)
      if (failure !== undefined) throw failure
    },
    close: async () => client.close(),
  }
}

/** An event as the gateway and `headwater emit` take it. */
function written({ type, event }: HeadwaterEvent): object {
  return { type, ...event }
}
