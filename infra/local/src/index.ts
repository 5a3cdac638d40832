export type { StackAddresses } from './addresses.ts'
export { checkClickHouse, checkKafka, checkRegistry } from './checks.ts'
export { LocalStackError, type LocalStackErrorCode } from './local-stack-error.ts'
export { freePort, requireFreePort } from './ports.ts'
export { findPrerequisites, type Prerequisites } from './prerequisites.ts'
export {
  readStackState,
  removeStackState,
  type StackState,
  startTimeOf,
  stopStack,
  writeStackState,
} from './stack-state.ts'
export { type PartName, type Stack, type StackOptions, type StackPorts, startStack } from './start-stack.ts'
export { type SupervisedOptions, type SupervisedProcess, superviseProcess } from './supervised-process.ts'
