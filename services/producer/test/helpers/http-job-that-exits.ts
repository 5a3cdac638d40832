import { createProducer, httpTransport } from '../../src/index.ts'

// As job.ts, over HTTP.
const [url = ''] = process.argv.slice(2)
const { materialize } = createProducer({ namespace: 'shop', transport: httpTransport({ url }) })
await materialize('s3://a/b', () => 'done')()
process.stdout.write('job done')
