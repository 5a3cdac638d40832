import { TransportError, type UnsendableEvent } from './transport.ts'

/**
 * What a gateway says it did not store of an array that it took otherwise.
 * @returns undefined when it stored all
 */
export function partialSuccess(text: string): TransportError | undefined {
  const failed = failedEvents(text)
  const [first] = failed
  if (first === undefined) return undefined
  const later = failed.find(({ retriable }) => retriable)
  // Events that are stored already are sent again with the others, which their ids make harmless.
  if (later !== undefined) return new TransportError('UNAVAILABLE', `The gateway did not store all: ${later.reason}`)
  return new TransportError('UNSENDABLE', first.reason, { unsendable: failed })
}

function failedEvents(text: string): readonly (UnsendableEvent & { readonly retriable: boolean })[] {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return []
  }
  const list = (answer as { failed_events?: unknown } | null)?.failed_events
  return (Array.isArray(list) ? list : []).map((each: Record<string, unknown> | null) => ({
    index: Number(each?.['index']),
    reason: String(each?.['reason'] ?? 'it does not say why'),
    retriable: each?.['retriable'] === true,
  }))
}
