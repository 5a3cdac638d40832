import type { AliasIndex } from '@headwater/lineage'

const rest = (key: string, from: string) => `substring(${key}, length(${from}) + 1)`

/** SQL: the index, from 1, of the rule that applies to a key; 0 where none applies. */
const ruleOf = (key: string) => `arrayFirstIndex((beginning, parts) -> if(parts = 0,
    startsWith(concat(${key}, '/'), concat(beginning, '/')),
    startsWith(${key}, beginning) AND (startsWith(${rest(key, 'beginning')}, '/') OR length(splitByChar('/', ${rest(key, 'beginning')})) = parts
      AND NOT has({ruleKnown:Array(String)}, concat(beginning, splitByChar('/', ${rest(key, 'beginning')})[1])))),
  {ruleFrom:Array(String)}, {ruleSegments:Array(UInt8)})`

const applied = (key: string) => `arrayMap(rule -> if(rule = 0, ${key}, concat({ruleTo:Array(String)}[rule],
    if({ruleSegments:Array(UInt8)}[rule] = 0 OR startsWith(${rest(key, '{ruleFrom:Array(String)}[rule]')}, '/'), '', '/'),
    ${rest(key, '{ruleFrom:Array(String)}[rule]')})),
  [${ruleOf(key)}])[1]`

/** SQL: the key with its authority rewritten, like `AliasIndex.rewrite`. */
export const rewritten = (key: string, { ruleColumns: { steps } }: AliasIndex): string =>
  steps === 0
    ? key
    : steps === 1
      ? applied(key)
      : `arrayFold((so_far, step) -> ${applied('so_far')}, range(${steps}), ${key})`

/** Parameters of `rewritten`. */
export const ruleParameters = ({ ruleColumns: { from, to, segments, known, steps } }: AliasIndex) =>
  steps === 0 ? {} : { ruleFrom: from, ruleTo: to, ruleSegments: segments, ruleKnown: known }
