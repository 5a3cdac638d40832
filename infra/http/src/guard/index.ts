export { isLoopback } from './is-loopback.ts'
export { type GuardedRequest, type GuardRefusal, type GuardRules, refusalOf } from './refusal-of.ts'
