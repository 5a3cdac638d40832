import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMetrics, currentRun, reference } from '../../src/index.ts'
import { testProducer } from '../helpers/test-producer.ts'

// A flow is a list of steps. Each step names the earlier steps whose results it gets, and the kind of its own result: a new object, or one
// constant that all flows share.
const step = fc.record({ reads: fc.array(fc.nat(20), { maxLength: 3 }), shared: fc.boolean(), pauses: fc.nat(3) })
const flows = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 })

test('concurrent flows never mix, however their steps interleave', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(flows, fc.scheduler(), async (plans, scheduler) => {
      const { materialize, task, flow, transport, flush } = testProducer()
      const constant = Object.freeze({ rows: 0 })
      const key = (plan: number, index: number) => `s3://flow${plan}/step${index}`
      const write = materialize(key, { name: 'write' }, async (plan: number, index: number, ..._read: unknown[]) => {
        const { pauses, shared } = plans[plan]?.[index] ?? { pauses: 0, shared: false }
        const run = currentRun()
        for (let pause = 0; pause < pauses; pause += 1) await scheduler.schedule(Promise.resolve())
        expect(currentRun()).toBe(run)
        addMetrics({ plan })
        reference(`s3://config/flow${plan}`)
        return shared ? constant : { plan, index }
      })
      const pass = task(async (value: unknown) => {
        await scheduler.schedule(Promise.resolve())
        return [value]
      })
      const run = flow('plan', async (plan: number) => {
        const made: unknown[] = []
        for (const [index, { reads }] of (plans[plan] ?? []).entries()) {
          const read = reads.map((of) => made[of % Math.max(1, index)])
          made.push(await write(plan, index, await pass(read)))
        }
      })
      const done = Promise.all(plans.map((_, plan) => run(plan)))
      await scheduler.waitFor(done)
      await flush()
      for (const [plan, steps] of plans.entries()) {
        for (const [index] of steps.entries()) {
          expect(transport.upstreamsOf(key(plan, index))).toEqual(expected(plan, index, steps))
        }
      }
      const ofFlows = transport.runs('write').map(({ parent, outputs }) => [parent?.runId, outputs[0]?.metrics['plan']])
      expect(new Set(ofFlows.map(String)).size).toBe(plans.length)
    }),
  )
})

type Step = { readonly reads: readonly number[]; readonly shared: boolean }

/** The expected upstreams of a step: of the steps that returned the shared constant, the last one before it counts. */
function expected(plan: number, index: number, steps: readonly Step[]): readonly string[] {
  const keys = new Set([`s3://config/flow${plan}`])
  for (const of of steps[index]?.reads ?? []) {
    if (index === 0) continue
    const read = of % index
    const source = steps[read]?.shared ? steps.slice(0, index).findLastIndex(({ shared }) => shared) : read
    keys.add(`s3://flow${plan}/step${source}`)
  }
  return [...keys].sort()
}
