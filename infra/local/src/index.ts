export { LocalStackError, type LocalStackErrorCode } from './local-stack-error.ts'
export { artifactsIn } from './parts/artifacts.ts'
export { checkClickHouse, checkKafka, checkRegistryReads } from './parts/checks.ts'
export type { KafkaServerSettings } from './parts/kafka-part.ts'
export { freePort } from './ports/free-port.ts'
export { requireFreePort } from './ports/require-free-port.ts'
export { type SupervisedOptions, type SupervisedProcess, superviseProcess } from './process/supervised-process.ts'
export type { StackAddresses } from './stack/addresses.ts'
export { installHints, oldestJava } from './stack/needed-programs.mjs'
export { findPrerequisites, type Prerequisites } from './stack/prerequisites.ts'
export {
  readStackState,
  removeStackState,
  type StackState,
  startTimeOf,
  stopStack,
  writeStackState,
} from './stack/stack-state.ts'
export {
  kafkaClassPath,
  type PartName,
  type Stack,
  type StackOptions,
  type StackPorts,
  startStack,
} from './stack/start-stack.ts'
