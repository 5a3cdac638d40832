import { gunzipSync } from 'node:zlib'
import { type FastifyRequest, fastify } from 'fastify'

// A route that reads a JSON body and answers 201, in a process of its own: what HTTP alone costs. Prints its address.
const app = fastify()
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
  JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()),
)
app.post('/api/v1/lineage', async (_, reply) => reply.code(201).send())
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.once('SIGTERM', () => process.exit(0))
