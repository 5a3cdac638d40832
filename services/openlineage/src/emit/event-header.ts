import { wellFormed } from '../text/well-formed.ts'

export type EventKind = 'RunEvent' | 'JobEvent' | 'DatasetEvent'

export type SaidAt = { readonly eventTime: string; readonly producer: string; readonly schemaURL: string }

/** What every event has. @param at milliseconds since 1970 */
export function saidAt(kind: EventKind, at: number, producer: string): SaidAt {
  const schemaURL = `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/${kind}`
  return { eventTime: new Date(at).toISOString(), producer: producerUri(producer), schemaURL }
}

/** OpenLineage wants a URI where we have `name/version`. */
function producerUri(producer: string): string {
  if (/^[a-z][a-z0-9+.-]*:[\w/.:@~!$&'()*+,;=?#-]+$/i.test(producer) && URL.canParse(producer)) return producer
  return `urn:headwater:${encodeURIComponent(wellFormed(producer)).replaceAll('%2F', '/')}`
}
