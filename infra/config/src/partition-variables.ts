import { type PartitionRules, parsePartitionRules } from '@headwater/lineage'
import { Type } from 'typebox'

/** Under which key prefixes partitions are trimmed. The gateway and the API must agree, so that assets are found. To be spread into a schema. */
export const partitionVariables = {
  GATEWAY_TRIM_PARTITIONS: Type.String({ default: '' }),
}

/** Parses the rules. An invalid text adds a sentence to `problems` and gives no rules. */
export function partitionRules(
  { GATEWAY_TRIM_PARTITIONS: text }: { readonly GATEWAY_TRIM_PARTITIONS: string },
  problems: string[],
): PartitionRules {
  try {
    return parsePartitionRules(text)
  } catch {
    problems.push('GATEWAY_TRIM_PARTITIONS must be key prefixes such as s3://lake/, comma separated, or *')
    return []
  }
}
