export { Asset, type AssetDescription, type AssetLike, type AssetOptions } from './asset.ts'
export type { AssetEvents, Freshness } from './asset-events.ts'
export type { Check } from './check-result.ts'
export type { ColumnLineageLike } from './column-lineage.ts'
export type { Flow } from './flow.ts'
export type { HttpOptions } from './http-options.ts'
export { type HttpTransportOptions, httpTransport } from './http-transport.ts'
export type { FlowOptions, JobOptions, MaterializeOptions, Output, Outputs, Upstream } from './job-options.ts'
export { type KafkaTransportOptions, kafkaTransport } from './kafka-transport.ts'
export type { Limits } from './limits.ts'
export type { Materialize, Materialized } from './materialize.ts'
export { type MemoryTransport, memoryTransport, type SeenEdge } from './memory-transport.ts'
export { openLineageFromEnvironment } from './open-lineage-environment.ts'
export { type OpenLineageTransportOptions, openLineageTransport } from './openlineage-transport.ts'
export type { OnWarning, ProblemCode, Warning } from './problems.ts'
export { createProducer, type Producer, type ProducerOptions, type ProducerStats } from './producer.ts'
export type { DataInterval } from './run.ts'
export type { ColumnLike, RunContext } from './run-context.ts'
export {
  addMetadata,
  addMetrics,
  addOutput,
  asset,
  check,
  columnLineage,
  currentRun,
  derivedFrom,
  reference,
  schema,
} from './run-functions.ts'
export type { DeliveryReport } from './sender.ts'
export type { Task } from './task.ts'
export {
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportErrorOptions,
  type UnsendableEvent,
} from './transport.ts'
export type { AnyFunction, Wrapped } from './wrapped.ts'
