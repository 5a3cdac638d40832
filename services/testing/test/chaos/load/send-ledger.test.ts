import { expect, it } from 'vitest'
import type { PlannedRecord } from '../../../src/chaos/load/planned-record.ts'
import { SendLedger } from '../../../src/chaos/load/send-ledger.ts'
import { buildMaterialization } from '../../../src/events/build-event.ts'

const event = buildMaterialization()
const record = (number: number): PlannedRecord => ({ kind: 'event', number, partition: null, event })

it('A record that is acknowledged twice counts once, and as sent twice', () => {
  const ledger = new SendLedger()
  ledger.acknowledge([record(1), record(2), { kind: 'poison', poison: 'cut', number: 3, partition: null, event }])
  ledger.fail()
  ledger.acknowledge([record(2)])
  expect([...ledger.acknowledged]).toEqual([1, 2, 3])
  expect([ledger.events, ledger.sent, ledger.failedSends]).toEqual([2, 4, 1])
})
