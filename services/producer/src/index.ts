export type { AssetEvent, CheckEvent, HeadwaterEvent, JobEvent, MaterializationEvent } from '@headwater/schemas'
export { Asset, type AssetDescription, type AssetLike, type AssetOptions } from './assets/asset.ts'
export type { AssetEvents, Freshness } from './assets/asset-events.ts'
export type { Limits } from './limits.ts'
export type { OnWarning, ProblemCode, Warning } from './problems.ts'
export { createProducer, type Producer, type ProducerOptions, type ProducerStats } from './producer.ts'
export type { Check } from './runs/check-result.ts'
export type { ColumnLike, ColumnLineageLike } from './runs/columns.ts'
export type { DataInterval } from './runs/run.ts'
export type { RunContext } from './runs/run-context.ts'
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
} from './runs/run-functions.ts'
export type { DeliveryReport } from './sending/sender.ts'
export type { Fetch, HttpOptions } from './transports/http/http-client.ts'
export { type HttpTransportOptions, httpTransport } from './transports/http/http-transport.ts'
export type { KafkaSasl, KafkaTls } from './transports/kafka/kafka-security.ts'
export { type KafkaTransportOptions, kafkaTransport } from './transports/kafka/kafka-transport.ts'
export { type MemoryTransport, memoryTransport, type SeenEdge } from './transports/memory-transport.ts'
export { openLineageFromEnvironment } from './transports/openlineage/openlineage-environment.ts'
export {
  type OpenLineageTransportOptions,
  openLineageTransport,
} from './transports/openlineage/openlineage-transport.ts'
export {
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportErrorOptions,
  type UnsendableEvent,
} from './transports/transport.ts'
export type { Flow } from './wrapping/flow.ts'
export type {
  FlowOptions,
  JobOptions,
  MaterializeOptions,
  Output,
  Outputs,
  Signal,
  Upstream,
} from './wrapping/job-options.ts'
export type { Materialize, Materialized } from './wrapping/materialize.ts'
export type { Task } from './wrapping/task.ts'
export type { AnyFunction, Inferred, Wrapped } from './wrapping/wrap.ts'
