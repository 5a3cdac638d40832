import { createProducer, memoryTransport, type ProducerOptions, type Warning } from '../../src/index.ts'

/** A producer on a memory transport that collects its warnings. */
export function testProducer(options: Partial<ProducerOptions> = {}) {
  const warnings: Warning[] = []
  const transport = memoryTransport()
  const producer = createProducer({
    transport,
    namespace: 'shop',
    onWarning: (warning) => void warnings.push(warning),
    lingerMs: 0,
    ...options,
  })
  return { ...producer, transport, warnings }
}
