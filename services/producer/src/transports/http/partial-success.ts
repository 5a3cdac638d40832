import { TransportError, type UnsendableEvent } from '../transport.ts'
import type { HttpAnswer } from './http-answer.ts'
import { unexpectedResponse } from './http-failure.ts'

type Failed = UnsendableEvent & { readonly retriable: boolean }

/**
 * The error for a batch that the gateway stored in part: it answers 200 with a list of the failed events, and 201 where it stored all.
 * @returns undefined where all events are stored
 */
export function partialSuccess(answer: HttpAnswer, url: URL | undefined): TransportError | undefined {
  const failed = failedEvents(answer.text)
  if (failed === undefined) {
    const isForeign = answer.status === 200 && url !== undefined
    return isForeign ? unexpectedResponse(answer, url, 'a response that no Headwater gateway sends') : undefined
  }
  const [first] = failed
  if (first === undefined) return undefined
  const later = failed.find(({ retriable }) => retriable)
  // Stored events are sent again with the rest; their ids make that harmless.
  if (later !== undefined)
    return new TransportError('UNAVAILABLE', `The gateway did not store all events: ${later.reason}`)
  return new TransportError('UNSENDABLE', first.reason, { unsendable: failed })
}

/** @returns undefined for a response without a list of failed events */
function failedEvents(text: string): readonly Failed[] | undefined {
  const list = listIn(text)
  if (!Array.isArray(list)) return undefined
  return list.map((each: Record<string, unknown> | null) => ({
    index: Number(each?.['index']),
    reason: String(each?.['reason'] ?? 'no reason given'),
    retriable: each?.['retriable'] === true,
  }))
}

function listIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { failed_events?: unknown } | null)?.failed_events
  } catch {
    return undefined
  }
}
