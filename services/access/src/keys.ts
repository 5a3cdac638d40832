// Key management for the command line. Services do not use it.

export { idBytes, secretBytes } from './keys/api-key.ts'
export { changeKeysFile, readKeysFile } from './keys/change-keys-file.ts'
export { type IssuedKey, issueKey } from './keys/issue-key.ts'
export { bindingProblem, isKeyName, type KeyRecord, type KeyState, stateOfKey } from './keys/key-record.ts'
export { KeysFileError } from './keys/keys-file-error.ts'
export { revokeKeys } from './keys/revoke-keys.ts'
export { type RotatedKey, rotateKey } from './keys/rotate-key.ts'
export { type Scope, scopes } from './scope.ts'
