export {
  createDecoder,
  type Decoder,
  type EventType,
  encodeEvent,
  eventSchemas,
  eventTypes,
  type HeadwaterEvent,
  headerLength,
  mismatchPaths,
  type SchemaIds,
  schemaIdOf,
  schemaMismatches,
} from './codec.ts'
export { CodecError, type CodecErrorCode } from './codec-error.ts'
export { assetEventDefaults, jobEventDefaults } from './event-defaults.ts'
export type {
  AliasSource,
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
  DeclaredLineage,
  FreshnessKind,
  FreshnessPolicy,
  InputAsset,
  Job,
  JobEvent,
  MaterializationEvent,
  OutputAsset,
  RunReference,
  RunState,
} from './events.ts'
export { recordHeaders } from './record-headers.ts'
export type { RegistryTls, SchemaRegistryOptions } from './registry/registry-http.ts'
export { connectSchemaRegistry, type EventSchemaRegistry } from './registry/schema-registry.ts'
export { SchemaRegistryError, type SchemaRegistryErrorCode } from './registry/schema-registry-error.ts'
export {
  deadLettersTopicConfig,
  defaultDeadLettersTopic,
  defaultEventsTopic,
  defaultOpenLineageTopic,
  eventsTopicConfig,
  messageKey,
} from './topics.ts'
export { uuidV7 } from './uuid-v7.ts'
