import { setTimeout as pause } from 'node:timers/promises'
import type { PartName, Stack } from '@headwater/local'
import type { PlannedFault, SingleFaultKind } from './fault-plan.ts'
import type { ProjectorCrew } from './projector-crew.ts'

/** Injects the fault, and resolves when every part is restarted, resumed, or gone as planned. */
export async function injectFault(fault: PlannedFault, crew: ProjectorCrew, stack: Stack): Promise<void> {
  await Promise.all(fault.parts.map((part) => strike(part, fault, crew, stack)))
}

function strike(part: SingleFaultKind, fault: PlannedFault, crew: ProjectorCrew, stack: Stack): Promise<void> {
  const { holdMs, projector } = fault
  switch (part) {
    case 'projector killed':
      return crew.kill(projector, () => pause(holdMs))
    case 'projector frozen':
      return crew.freeze(projector, () => pause(holdMs))
    case 'projector joins and leaves':
      return crew.guest(() => pause(holdMs + 3_000))
    case 'broker killed':
      return killed(stack, 'kafka')
    case 'ClickHouse killed':
      return killed(stack, 'clickhouse')
    case 'registry killed':
      return killed(stack, 'registry')
    default:
      return part satisfies never
  }
}

async function killed(stack: Stack, name: PartName): Promise<void> {
  stack.part(name).kill('SIGKILL')
  await stack.part(name).ready()
}
