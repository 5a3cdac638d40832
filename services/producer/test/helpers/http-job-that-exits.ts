import { createProducer, httpTransport } from '../../src/index.ts'

// A job over HTTP that does not call close(): its event must still arrive, and the process must end by itself.
const [url = ''] = process.argv.slice(2)
const { materialize } = createProducer({ namespace: 'shop', transport: httpTransport({ url }) })
await materialize('s3://a/b', () => 'done')()
process.stdout.write('job done')
