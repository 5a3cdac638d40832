import type { Column, Job } from '@headwater/schemas'
import { type Asset, type AssetLike, keyProblem, toAsset } from '../assets/asset.ts'
import type { ProblemCode } from '../problems.ts'
import type { Parts } from '../producer-context.ts'
import { type Check, checkResultOf } from './check-result.ts'
import { type ColumnLineageLike, columnLineageOf } from './columns.ts'
import { jsonText } from './json-text.ts'
import { type Output, outputOf } from './output.ts'
import type { Run } from './run.ts'

/** A column: its name, or with its type and description. */
export type ColumnLike = string | { readonly name: string; readonly type?: string; readonly description?: string }

// Holds: nothing a job says here throws (a bad key, value or asset is a counted warning), and an ended run is not changed.

/** The run that the calling code belongs to, to say more of it. Where an asset is optional, it is the run's only output. */
export class RunContext {
  readonly #run: Run
  readonly #parts: Parts

  constructor(parts: Parts, run: Run) {
    this.#parts = parts
    this.#run = run
  }

  get runId(): string {
    return this.#run.runId
  }

  get job(): Job {
    return this.#run.job
  }

  /** Facts: of this materialization of an asset; of the run, when no asset is given and there is not exactly one output. */
  addMetadata(metadata: Readonly<Record<string, unknown>>): void
  addMetadata(asset: AssetLike, metadata: Readonly<Record<string, unknown>>): void
  addMetadata(...said: [Readonly<Record<string, unknown>>] | [AssetLike, Readonly<Record<string, unknown>>]): void {
    this.#attempt('addMetadata', () => {
      const [asset, facts] = optionalAsset(said)
      const whole = asset === undefined && this.#run.outputs.size !== 1
      const metadata = whole ? this.#run.metadata : this.#output(asset, 'addMetadata')?.metadata
      for (const [name, value] of Object.entries(facts)) {
        if (value === undefined) continue
        const { text, problem } = jsonText(value, this.#parts.limits.maxTextLength)
        if (problem !== undefined) this.#report('INVALID_VALUE', `metadata "${name}" was replaced: ${problem}`)
        metadata?.set(name, text)
      }
    })
  }

  /** Numbers about this materialization, e.g. rows, bytes. */
  addMetrics(metrics: Readonly<Record<string, number | bigint>>): void
  addMetrics(asset: AssetLike, metrics: Readonly<Record<string, number | bigint>>): void
  addMetrics(
    ...said: [Readonly<Record<string, number | bigint>>] | [AssetLike, Readonly<Record<string, number | bigint>>]
  ): void {
    this.#attempt('addMetrics', () => {
      const [asset, metrics] = optionalAsset(said)
      const output = this.#output(asset, 'addMetrics')
      for (const [name, value] of Object.entries(metrics)) {
        const number = typeof value === 'bigint' ? Number(value) : value
        if (Number.isFinite(number)) output?.metrics.set(name, number)
        else this.#report('INVALID_VALUE', `metric "${name}" is no finite number`)
      }
    })
  }

  /** The result of a data-quality check. Says nothing to the job: a failed check does not fail the run. */
  check(check: Check): void
  check(asset: AssetLike, check: Check): void
  check(...said: [Check] | [AssetLike, Check]): void {
    this.#attempt('check', () => {
      const [asset, check] = optionalAsset(said)
      this.#output(asset, 'check')?.checks.push(checkResultOf(check))
    })
  }

  /** The columns of the asset, in order; replaces an earlier call. */
  schema(columns: readonly ColumnLike[]): void
  schema(asset: AssetLike, columns: readonly ColumnLike[]): void
  schema(...said: [readonly ColumnLike[]] | [AssetLike, readonly ColumnLike[]]): void {
    this.#attempt('schema', () => {
      const [asset, columns] = optionalAsset(said)
      const output = this.#output(asset, 'schema')
      if (output !== undefined) output.schema = columns.map(columnOf)
    })
  }

  /** Which columns one column of the asset is made of. */
  columnLineage(lineage: readonly ColumnLineageLike[]): void
  columnLineage(asset: AssetLike, lineage: readonly ColumnLineageLike[]): void
  columnLineage(...said: [readonly ColumnLineageLike[]] | [AssetLike, readonly ColumnLineageLike[]]): void {
    this.#attempt('columnLineage', () => {
      const [asset, lineage] = optionalAsset(said)
      this.#output(asset, 'columnLineage')?.columnLineage.push(...lineage.map(columnLineageOf))
    })
  }

  /** The run reads this asset. */
  reference(asset: AssetLike): void {
    this.#attempt('reference', () => {
      const read = this.#valid(asset)
      if (read === undefined) return
      this.#run.upstreams.add(read.key)
      if (read.properties !== null) this.#run.described.set(read.key, read.properties)
    })
  }

  /** The run writes this asset too: for keys that only the work itself finds out. */
  addOutput(asset: AssetLike): void {
    this.#attempt('addOutput', () => {
      const written = this.#valid(asset)
      if (written === undefined) return
      if (!this.#run.writes) {
        this.#report('NOT_AN_OUTPUT', 'addOutput(): a flow has no outputs of its own')
        return
      }
      const output = this.#run.outputs.get(written.key) ?? outputOf(written)
      this.#run.outputs.set(written.key, output)
      if (written.from !== null) this.#addFrom(output, written.from)
    })
  }

  /** What one output was made from, where that is less than all the run read. Several calls add up; none: no upstream. */
  derivedFrom(output: AssetLike, ...inputs: readonly AssetLike[]): void {
    this.#attempt('derivedFrom', () => {
      const target = this.#output(output, 'derivedFrom')
      if (target !== undefined) this.#addFrom(target, inputs)
    })
  }

  #addFrom(output: Output, inputs: readonly AssetLike[]): void {
    output.from ??= new Set()
    for (const input of inputs) {
      const read = this.#valid(input)
      if (read === undefined) continue
      output.from.add(read.key)
      if (read.properties !== null) this.#run.described.set(read.key, read.properties)
    }
  }

  #output(asset: AssetLike | undefined, what: string): Output | undefined {
    const { outputs } = this.#run
    if (asset === undefined) {
      const [only] = outputs.values()
      if (outputs.size === 1) return only
      this.#report('NOT_AN_OUTPUT', `${what}() must name an asset: the run has ${outputs.size} outputs`)
      return undefined
    }
    const output = outputs.get(toAsset(asset).key)
    if (output === undefined) this.#report('NOT_AN_OUTPUT', `${what}(): the run does not write ${toAsset(asset).key}`)
    return output
  }

  #valid(asset: AssetLike): Asset | undefined {
    const problem = keyProblem(asset)
    if (problem === undefined) return toAsset(asset)
    this.#report('INVALID_KEY', `an asset was left out. ${problem}`)
    return undefined
  }

  #attempt(what: string, work: () => void): void {
    if (this.#run.ended) this.#report('RUN_ENDED', `${what}() came after the run had ended and was ignored`)
    else this.#parts.problems.guard(`take ${what}() of job ${this.job.name}`, work)
  }

  #report(code: ProblemCode, sentence: string): void {
    this.#parts.problems.report(code, `Job ${this.job.name}: ${sentence}`)
  }
}

function optionalAsset<T>(said: readonly [T] | readonly [AssetLike, T]): readonly [AssetLike | undefined, T] {
  return said.length === 1 ? [undefined, said[0]] : said
}

function columnOf(column: ColumnLike): Column {
  const { name, type = null, description = null } = typeof column === 'string' ? { name: column } : column
  return { name, type, description }
}
