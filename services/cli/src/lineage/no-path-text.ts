import type { LineagePaths } from '@headwater/api/contract'
import { counted } from '../terminal/counted.ts'
import { printable } from '../terminal/printable.ts'
import { viewText } from '../terminal/view-header.ts'

/** That neither of two assets depends on the other, in one line, and where else to look. */
export function noPathText([forth, back]: readonly [LineagePaths, LineagePaths], depth: number | undefined): string {
  const view = viewText(forth)
  const cut = forth.truncated || back.truncated
  const within = !cut ? '' : depth === undefined ? ' as far as was looked' : ` within ${counted(depth, 'step')}`
  const says = `Neither ${printable(forth.to)} nor ${printable(forth.from)} depends on the other${within}`
  const hints = [
    ...(cut && depth !== undefined ? ['look farther with a greater --depth'] : []),
    ...(forth.edgeChoice === 'ever' ? [] : ['look at what is no longer current with --edges ever']),
  ]
  return [view === '' ? says : `${says} (${view})`, hints.join(', or ')].filter(Boolean).join('; ')
}
