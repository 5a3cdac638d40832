import type { IncomingMessage } from 'node:http'
import { GatewayError } from '../errors.ts'
import type { BodyBudget } from './body-budget.ts'
import { bodyTooLarge, decompress, encodingOf, tooManyBodies } from './decompress.ts'

/** Reads and decompresses the body of a request. @throws GatewayError */
export async function readBody(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<Buffer> {
  const encoding = encodingOf(request.headers['content-encoding'])
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw bodyTooLarge(maxBytes, 'received')
  const bytes = await receive(request, maxBytes, budget)
  return encoding === undefined || bytes.length === 0 ? bytes : decompress(bytes, encoding, { maxBytes, budget })
}

function receive(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let received = 0
    const end = (error?: GatewayError) => {
      request.off('data', take).off('end', end).off('error', broken).off('close', broken)
      budget.release(received)
      if (error instanceof GatewayError) {
        request.resume()
        reject(error)
      } else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))
    }
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      received += chunk.length
      budget.take(chunk.length)
      if (received > maxBytes) end(bodyTooLarge(maxBytes, 'received'))
      else if (budget.isExceeded) end(tooManyBodies())
    }
    const broken = () =>
      end(new GatewayError('MALFORMED_REQUEST', 'The connection closed before the body was complete'))
    request
      .on('data', take)
      .on('end', () => end())
      .on('error', broken)
      .on('close', broken)
  })
}
