/// <reference path="../client/kafkajs-internals.d.ts" />
import Batch from 'kafkajs/src/consumer/batch.js'

/**
 * Makes kafkajs deliver what it fetched also where nothing of it is a record: markers of transactions, aborted records, offsets without
 * records. Otherwise nobody learns that a consumer has passed them, and the end of such a partition counts as lag for ever.
 * https://github.com/tulios/kafkajs/blob/v2.2.4/src/consumer/runner.js
 */
export function deliverEmptyBatches(): void {
  Batch.prototype.isEmpty = function () {
    return this.rawMessages.length === 0
  }
}
