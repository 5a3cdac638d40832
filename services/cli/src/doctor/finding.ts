/** The result of one check. */
export type Finding = {
  readonly name: string
  readonly ok: boolean
  /** False when Headwater works without it. */
  readonly needed: boolean
  readonly detail: string
  /** How to fix it; empty when nothing has to be done. */
  readonly remedy: string
  /** The setting of a topic that is wrong, where nothing is down. */
  readonly setting?: string
}

/** The last line: whether something is down, or runs with settings of topics under which events are lost. */
export function verdictOf(findings: readonly Finding[]): string {
  const failing = findings.filter(({ ok, needed }) => needed && !ok)
  if (failing.length === 0) return 'Everything needed works'
  const down = failing.filter(({ setting }) => setting === undefined).map(({ name }) => name)
  const settings = failing.flatMap(({ setting }) => (setting === undefined ? [] : [setting]))
  const toFix = `fix ${settings.join(', ')}: events are lost or wrong`
  if (down.length === 0) return `Everything needed runs, but topics have other settings than it needs; ${toFix}`
  const text = `Something needed is down or refused: ${[...new Set(down)].join(', ')}`
  return settings.length === 0 ? text : `${text}. Also ${toFix}`
}

export const gapRemedy = 'See docs/operations.md, "Records were deleted before they were folded"'
