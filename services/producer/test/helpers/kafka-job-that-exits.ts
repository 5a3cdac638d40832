import { createProducer, kafkaTransport } from '../../src/index.ts'

// A job that does not call close(): its events must still arrive, and the process must end by itself.
const [brokers = '', schemaRegistryUrl = '', topic = ''] = process.argv.slice(2)
const { materialize } = createProducer({
  namespace: 'shop',
  transport: kafkaTransport({ brokers: brokers.split(','), schemaRegistryUrl, topic }),
})
await materialize('s3://a/b', () => 'done')()
process.stdout.write('job done')
