import { plainEvents } from './plain-events.ts'
import { realShapedWorkload } from './real-shaped-events.ts'
import type { Workload } from './workload.ts'

const all: readonly Workload[] = [realShapedWorkload, plainEvents]

/** Workloads by name, separated by commas. @throws Error naming those there are */
export function workloads(names: string): readonly Workload[] {
  return names.split(',').map((name) => {
    const found = all.find((workload) => workload.name === name)
    if (found === undefined)
      throw new Error(`Unknown kind of events \`${name}\`; known: ${all.map((one) => one.name).join(', ')}`)
    return found
  })
}
