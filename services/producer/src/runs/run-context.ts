import type { Job } from '@headwater/schemas'
import { type Asset, type AssetLike, keyProblem, toAsset } from '../assets/asset.ts'
import type { ProblemCode } from '../problems.ts'
import type { ProducerContext } from '../producer-context.ts'
import { type Check, checkResultOf } from './check-result.ts'
import { type ColumnLike, type ColumnLineageLike, columnLineageOf, columnOf } from './columns.ts'
import { jsonText } from './json-text.ts'
import { type Output, outputOf } from './output.ts'
import type { Run } from './run.ts'

// Holds: no call throws (a bad key, value or asset gives a warning), and an ended run does not change.

/** The run that the calling code belongs to. Where a method takes an optional asset, it defaults to the only output of the run. */
export class RunContext {
  readonly #run: Run
  readonly #producer: ProducerContext

  constructor(producer: ProducerContext, run: Run) {
    this.#producer = producer
    this.#run = run
  }

  get runId(): string {
    return this.#run.runId
  }

  get job(): Job {
    return this.#run.job
  }

  /**
   * Adds metadata (any JSON values) to an output, or to the run where no asset is given and the run does not have exactly one output.
   * @example
   * addMetadata({ query: 'select * from raw.orders', partition: '2026-01-01' })
   */
  addMetadata(metadata: Readonly<Record<string, unknown>>): void
  addMetadata(asset: AssetLike, metadata: Readonly<Record<string, unknown>>): void
  addMetadata(...args: [Readonly<Record<string, unknown>>] | [AssetLike, Readonly<Record<string, unknown>>]): void {
    this.#attempt('addMetadata', () => {
      const [asset, facts] = optionalAsset(args)
      const whole = asset === undefined && this.#run.outputs.size !== 1
      const metadata = whole ? this.#run.metadata : this.#output(asset, 'addMetadata')?.metadata
      for (const [name, value] of Object.entries(facts)) {
        if (value === undefined) continue
        const { text, problem } = jsonText(value, this.#producer.limits.maxTextLength)
        if (problem !== undefined) this.#report('INVALID_VALUE', `metadata "${name}" was replaced: ${problem}`)
        metadata?.set(name, text)
      }
    })
  }

  /**
   * Adds metrics to an output, e.g. rows, bytes, files.
   * @example
   * addMetrics({ rows: 1200, bytes: 48_000 })
   */
  addMetrics(metrics: Readonly<Record<string, number | bigint>>): void
  addMetrics(asset: AssetLike, metrics: Readonly<Record<string, number | bigint>>): void
  addMetrics(
    ...args: [Readonly<Record<string, number | bigint>>] | [AssetLike, Readonly<Record<string, number | bigint>>]
  ): void {
    this.#attempt('addMetrics', () => {
      const [asset, metrics] = optionalAsset(args)
      const output = this.#output(asset, 'addMetrics')
      for (const [name, value] of Object.entries(metrics)) {
        const number = typeof value === 'bigint' ? Number(value) : value
        if (Number.isFinite(number)) output?.metrics.set(name, number)
        else this.#report('INVALID_VALUE', `metric "${name}" was left out: not a finite number`)
      }
    })
  }

  /**
   * Reports the result of a data-quality check. A failed check does not fail the run.
   * @example
   * check({ name: 'no empty day', passed: rows.length > 0, expected: '> 0', actual: rows.length })
   */
  check(check: Check): void
  check(asset: AssetLike, check: Check): void
  check(...args: [Check] | [AssetLike, Check]): void {
    this.#attempt('check', () => {
      const [asset, check] = optionalAsset(args)
      this.#output(asset, 'check')?.checks.push(checkResultOf(check))
    })
  }

  /**
   * Reports the columns of an output, in order. Replaces an earlier call.
   * @example
   * schema(['id', { name: 'amount', type: 'numeric(12,2)', description: 'In EUR' }])
   */
  schema(columns: readonly ColumnLike[]): void
  schema(asset: AssetLike, columns: readonly ColumnLike[]): void
  schema(...args: [readonly ColumnLike[]] | [AssetLike, readonly ColumnLike[]]): void {
    this.#attempt('schema', () => {
      const [asset, columns] = optionalAsset(args)
      const output = this.#output(asset, 'schema')
      if (output !== undefined) output.schema = columns.map(columnOf)
    })
  }

  /**
   * Reports which columns the columns of an output come from. Several calls add up.
   * @example
   * columnLineage([{ column: 'amount', inputs: [{ key: 's3://raw/orders', column: 'price' }] }])
   */
  columnLineage(lineage: readonly ColumnLineageLike[]): void
  columnLineage(asset: AssetLike, lineage: readonly ColumnLineageLike[]): void
  columnLineage(...args: [readonly ColumnLineageLike[]] | [AssetLike, readonly ColumnLineageLike[]]): void {
    this.#attempt('columnLineage', () => {
      const [asset, lineage] = optionalAsset(args)
      this.#output(asset, 'columnLineage')?.columnLineage.push(...lineage.map(columnLineageOf))
    })
  }

  /**
   * Reports that the run reads an asset that no wrapped function of this process made.
   * @example
   * reference('s3://raw/orders')
   */
  reference(asset: AssetLike): void {
    this.#attempt('reference', () => {
      const read = this.#valid(asset)
      if (read === undefined) return
      this.#run.upstreams.add(read.key)
      if (read.properties !== null) this.#run.described.set(read.key, read.properties)
    })
  }

  /**
   * Reports one more output of the run, for keys that are known only while it works.
   * @example
   * for (const table of tables) addOutput(`postgres://shop/db/public/${table}`)
   */
  addOutput(asset: AssetLike): void {
    this.#attempt('addOutput', () => {
      const written = this.#valid(asset)
      if (written === undefined) return
      if (!this.#run.writes) {
        this.#report('NOT_AN_OUTPUT', 'addOutput() was ignored: a flow has no outputs')
        return
      }
      const output = this.#run.outputs.get(written.key) ?? outputOf(written)
      this.#run.outputs.set(written.key, output)
      if (written.from !== null) this.#addFrom(output, written.from)
    })
  }

  /**
   * Reports the own inputs of one output, where they differ from all inputs of the run. Several calls add up; without `inputs` the output
   * has no upstream.
   * @example
   * derivedFrom('s3://lake/customers', 'postgres://shop/db/public/users')
   */
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
      this.#report('NOT_AN_OUTPUT', `${what}() was ignored: name an asset, the run has ${outputs.size} outputs`)
      return undefined
    }
    const output = outputs.get(toAsset(asset).key)
    if (output === undefined)
      this.#report('NOT_AN_OUTPUT', `${what}() was ignored: ${toAsset(asset).key} is not an output of the run`)
    return output
  }

  #valid(asset: AssetLike): Asset | undefined {
    const problem = keyProblem(asset)
    if (problem === undefined) return toAsset(asset)
    this.#report('INVALID_KEY', `an asset was left out. ${problem}`)
    return undefined
  }

  #attempt(what: string, work: () => void): void {
    if (this.#run.ended) this.#report('RUN_ENDED', `${what}() was ignored: the run had ended`)
    else this.#producer.problems.guard(`process ${what}() of job ${this.job.name}`, work)
  }

  #report(code: ProblemCode, sentence: string): void {
    this.#producer.problems.report(code, `Job ${this.job.name}: ${sentence}`)
  }
}

function optionalAsset<T>(args: readonly [T] | readonly [AssetLike, T]): readonly [AssetLike | undefined, T] {
  return args.length === 1 ? [undefined, args[0]] : args
}
