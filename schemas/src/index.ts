export {
  createDecoder,
  type Decoder,
  type EventType,
  encodeEvent,
  eventSchemas,
  eventTypes,
  type HeadwaterEvent,
  headerLength,
  type SchemaIds,
  schemaIdOf,
  schemaMismatches,
} from './codec.ts'
export { CodecError, type CodecErrorCode } from './codec-error.ts'
export type {
  AssetChange,
  AssetEvent,
  AssetProperties,
  CheckEvent,
  CheckResult,
  CheckSeverity,
  CheckStatus,
  Column,
  ColumnInput,
  ColumnLineage,
  FreshnessKind,
  FreshnessPolicy,
  InputAsset,
  Job,
  MaterializationEvent,
  OutputAsset,
  RunReference,
  RunState,
} from './events.ts'
export { MaterializationView, type OutputView, type Span } from './materialization-view.ts'
export { recordHeaders } from './record-headers.ts'
export {
  connectSchemaRegistry,
  type EventSchemaRegistry,
  SchemaRegistryError,
  type SchemaRegistryErrorCode,
  type SchemaRegistryOptions,
} from './schema-registry.ts'
export {
  deadLettersTopicConfig,
  defaultDeadLettersTopic,
  defaultEventsTopic,
  eventsTopicConfig,
  messageKey,
} from './topics.ts'
