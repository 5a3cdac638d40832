import { wellFormed } from '../text/well-formed.ts'

export type EventKind = 'RunEvent' | 'JobEvent' | 'DatasetEvent'

export type EventHeader = { readonly eventTime: string; readonly producer: string; readonly schemaURL: string }

/** The properties that every event has. @param at epoch milliseconds */
export function eventHeader(kind: EventKind, at: number, producer: string): EventHeader {
  const schemaURL = `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/${kind}`
  return { eventTime: new Date(at).toISOString(), producer: producerUri(producer), schemaURL }
}

/** OpenLineage requires a URI; Headwater producers are named `name/version`. */
function producerUri(producer: string): string {
  if (/^[a-z][a-z0-9+.-]*:[\w/.:@~!$&'()*+,;=?#-]+$/i.test(producer) && URL.canParse(producer)) return producer
  return `urn:headwater:${encodeURIComponent(wellFormed(producer)).replaceAll('%2F', '/')}`
}
