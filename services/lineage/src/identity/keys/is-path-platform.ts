import { platformOf } from './asset-key.ts'
import { platformNamed } from './platform.ts'

/** True when a key names a file or an object: `s3://bucket/path`. A table's name outranks it. */
export function isPathPlatform(key: string): boolean {
  return platformNamed(platformOf(key)).kind === 'path'
}
