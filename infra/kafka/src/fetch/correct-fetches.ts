/// <reference path="../client/kafkajs-internals.d.ts" />
import { createRequire } from 'node:module'
import { decodeFetchResponse } from './decode-fetch-response.ts'

type Response = { decode: (bytes: Buffer) => Promise<object> }

const require = createRequire(import.meta.url)
const versions = [4, 5, 6, 7, 8, 9, 10, 11]
const how = { wholeBatches: false, now: Date.now }
let corrected = false

/**
 * Replaces how kafkajs decodes what a consumer fetches, in all consumers of this process, since it
 * - delivers records of aborted transactions, where several overlap or one was ended by the broker:
 *   https://github.com/tulios/kafkajs/blob/v2.2.4/src/consumer/filterAbortedMessages.js
 * - reads of compressed records gzip only, decompresses without a limit, and stops at the first batch that it cannot decompress
 * - checks no checksum.
 * @param wholeBatches give one message for each batch of records: kafkajs makes some ten objects of each record, several big integers among
 *   them, which costs more than folding it does
 */
export function correctFetches({ wholeBatches = how.wholeBatches } = {}): void {
  how.wholeBatches = wholeBatches
  if (corrected) return
  corrected = true
  for (const version of versions) {
    const response = require(`kafkajs/src/protocol/requests/fetch/v${version}/response.js`) as Response
    response.decode = (bytes) => decodeFetchResponse(bytes, version, how)
  }
}
