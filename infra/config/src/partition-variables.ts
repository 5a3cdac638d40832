import { type PartitionRules, parsePartitionRules } from '@headwater/lineage'
import { Type } from 'typebox'

/** Which partitions of paths are no assets of their own: the same for who stores events and who looks assets up. To be spread into a schema. */
export const partitionVariables = {
  GATEWAY_TRIM_PARTITIONS: Type.String({ default: '' }),
}

/** The rules. A text that is none is added to `problems`, and makes none. */
export function partitionRules(
  { GATEWAY_TRIM_PARTITIONS: text }: { readonly GATEWAY_TRIM_PARTITIONS: string },
  problems: string[],
): PartitionRules {
  try {
    return parsePartitionRules(text)
  } catch {
    problems.push('GATEWAY_TRIM_PARTITIONS must be beginnings of asset keys, comma separated, such as s3://lake/, or *')
    return []
  }
}
