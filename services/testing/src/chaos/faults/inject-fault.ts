import { setTimeout as pause } from 'node:timers/promises'
import type { PartName, Stack } from '@headwater/local'
import type { ClickHouseProxy } from '../../clickhouse-proxy/start-clickhouse-proxy.ts'
import type { ChaosLog } from './chaos-log.ts'
import type { PlannedFault, SingleFaultKind } from './fault-plan.ts'
import type { ProjectorCrew } from './projector-crew.ts'

/** What faults strike. */
export type Struck = {
  readonly stack: Stack
  readonly crew: ProjectorCrew
  readonly log: ChaosLog
  /** Between the projectors and ClickHouse. */
  readonly clickhouse: ClickHouseProxy
}

/** Injects the fault, and resolves when every part is restarted, resumed, or gone as planned. */
export async function injectFault(fault: PlannedFault, struck: Struck): Promise<void> {
  await Promise.all(fault.parts.map((part) => strike(part, fault, struck)))
}

function strike(part: SingleFaultKind, fault: PlannedFault, struck: Struck): Promise<void> {
  const { crew, stack, log, clickhouse } = struck
  const { holdMs, projector } = fault
  switch (part) {
    case 'projector killed':
      return crew.kill(projector, () => pause(holdMs))
    case 'projector frozen':
      return crew.freeze(projector, () => pause(holdMs))
    case 'projector joins and leaves':
      return crew.guest(() => pause(holdMs + 3_000))
    case 'ClickHouse refuses for a while':
      return refused(clickhouse, fault)
    case 'log cut':
      return log.cut()
    case 'partition added':
      return log.addPartition()
    case 'compression changed':
      return log.changeCompression()
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

async function refused(clickhouse: ClickHouseProxy, { holdMs, code }: PlannedFault): Promise<void> {
  clickhouse.answerWith(code)
  await pause(holdMs)
  clickhouse.passOn()
}
