import type { Transport } from '@headwater/producer'

/** A transport that sends through another one, and records the runs whose end was delivered. */
export function runRecorder(transport: Transport): Transport & { readonly endedRuns: ReadonlySet<string> } {
  const endedRuns = new Set<string>()
  return {
    endedRuns,
    async send(events) {
      await transport.send(events)
      for (const { type, event } of events) {
        if (type === 'MaterializationEvent' && event.state !== 'STARTED') endedRuns.add(event.runId)
      }
    },
    close: () => transport.close(),
  }
}
