// What unit tests may use: no stack, no I/O.
export { buildAssetEvent, buildCheckEvent, buildMaterialization, noon } from './build-event.ts'
export { batchOf, recordsOf } from './records-of.ts'
