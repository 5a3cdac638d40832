import { padToWidth } from './display-width.ts'
import { printable } from './printable.ts'
import type { Style } from './style.ts'

export type Fact = readonly [name: string, value: string | null | undefined]

/** An indented line for each name with its value; names without a value are left out. */
export const factLines = (facts: readonly Fact[], style: Style, nameWidth: number): readonly string[] =>
  facts.flatMap(([name, value]) =>
    value === null || value === undefined || value === ''
      ? []
      : [`  ${style.dim(`${padToWidth(printable(name), nameWidth - 1)} `)}${printable(value)}`],
  )
