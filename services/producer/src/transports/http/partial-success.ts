import { TransportError, type UnsendableEvent } from '../transport.ts'
import type { HttpAnswer } from './http-answer.ts'
import { notTheServer } from './http-failure.ts'

type Failed = UnsendableEvent & { readonly retriable: boolean }

/**
 * What a gateway says it did not store of an array that it took otherwise: with 200, where 201 says that all is stored.
 * @returns undefined when it stored all
 */
export function partialSuccess(answer: HttpAnswer, url: URL | undefined): TransportError | undefined {
  const failed = failedEvents(answer.text)
  if (failed === undefined) {
    const isNone = answer.status === 200 && url !== undefined
    return isNone ? notTheServer(answer, url, 'not as a Headwater gateway does') : undefined
  }
  const [first] = failed
  if (first === undefined) return undefined
  const later = failed.find(({ retriable }) => retriable)
  // Events that are stored already are sent again with the others, which their ids make harmless.
  if (later !== undefined) return new TransportError('UNAVAILABLE', `The gateway did not store all: ${later.reason}`)
  return new TransportError('UNSENDABLE', first.reason, { unsendable: failed })
}

/** @returns undefined when the answer says nothing of single events */
function failedEvents(text: string): readonly Failed[] | undefined {
  const list = listIn(text)
  if (!Array.isArray(list)) return undefined
  return list.map((each: Record<string, unknown> | null) => ({
    index: Number(each?.['index']),
    reason: String(each?.['reason'] ?? 'it does not say why'),
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
