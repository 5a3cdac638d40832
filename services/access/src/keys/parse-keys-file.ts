import { shellWord } from '@headwater/config/shell-word'
import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { bindingProblem, type KeyRecord, keyRecordSchema } from './key-record.ts'
import { KeysFileError } from './keys-file-error.ts'

const keysFileSchema = Type.Object(
  { version: Type.Literal(1), keys: Type.Array(keyRecordSchema) },
  { additionalProperties: false },
)

/** @throws KeysFileError that names `file` and the invalid line */
export function parseKeysFile(text: string, file: string): readonly KeyRecord[] {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const errorAt = (offset: number, problem: string) =>
    new KeysFileError(`${shellWord(file)}, line ${text.slice(0, offset).split('\n').length}: ${problem}`)
  const syntaxError = errors[0]
  if (tree === undefined || syntaxError !== undefined) throw errorAt(syntaxError?.offset ?? 0, 'invalid JSON')
  const content: unknown = getNodeValue(tree)
  const [invalid] = Value.Errors(keysFileSchema, content)
  if (invalid !== undefined) {
    const path = invalid.instancePath.split('/').slice(1)
    throw errorAt(offsetOf(tree, path), problemOf(path, invalid))
  }
  const { keys } = content as { readonly keys: readonly KeyRecord[] }
  for (const [index, key] of keys.entries()) {
    const path = ['keys', String(index)]
    if (keys.findIndex(({ id }) => id === key.id) < index) {
      throw errorAt(offsetOf(tree, [...path, 'id']), 'an earlier key has the same id')
    }
    const problem = bindingProblem(key)
    if (problem !== undefined) throw errorAt(offsetOf(tree, [...path, 'scopes']), problem)
    for (const name of ['createdAt', 'expiresAt', 'revokedAt'] as const) {
      if (key[name] === undefined || !Number.isNaN(Date.parse(key[name]))) continue
      throw errorAt(offsetOf(tree, [...path, name]), `${name} is not a valid time`)
    }
  }
  return keys
}

export const formatKeysFile = (keys: readonly KeyRecord[]): string =>
  `${JSON.stringify({ version: 1, keys }, null, 2)}\n`

function offsetOf(tree: Node, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const steps = path.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    const node = findNodeAtLocation(tree, steps)
    if (node !== undefined) return node.offset
  }
  return tree.offset
}

// A path may contain text of the file, such as a pasted secret: only field names of the schema are repeated.
const fields = ['version', 'keys', ...Object.keys(keyRecordSchema.properties)]

function problemOf(
  path: readonly string[],
  { keyword, params }: { readonly keyword: string; readonly params: object },
): string {
  const field = path.findLast((step) => !/^\d+$/.test(step))
  if (field !== undefined && !fields.includes(field)) return 'unknown field'
  if (keyword === 'required' && 'requiredProperties' in params) {
    return `${(params.requiredProperties as readonly string[]).join(', ')} is missing`
  }
  return `${field ?? 'the file'} is invalid`
}
