import type { RunState } from '@headwater/schemas'
import { AvroBytes, type Span, span } from './avro-bytes.ts'
import { type EventShape, SpanList } from './event-shape.ts'
import { MapBytes, type MapSpan, mapSpan } from './map-bytes.ts'

// Follows the order of fields in schemas/avro/materialization-event.avsc.
// Holds: after `read` returned true every place lies within the body, until the next `read`.

/** In the order of the schema. */
const states: readonly RunState[] = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED']

/** More are compared with each other sooner after decoding. */
const manyOutputs = 64

export type OutputView = {
  readonly key: Span
  readonly metadata: MapSpan
  readonly metrics: MapSpan
}

/**
 * Where the fields of a MaterializationEvent lie in its Avro body, without decoding it: most events of a log repeat what earlier ones
 * named, and need not become objects. One for many events: each `read` replaces what the last one found.
 */
export class MaterializationView extends AvroBytes implements EventShape {
  readonly eventId = span()
  occurredAt = 0
  readonly producer = span()
  readonly runId = span()
  readonly jobNamespace = span()
  readonly jobName = span()
  readonly jobType = span()
  state: RunState = 'UNKNOWN'
  startedAt: number | null = null
  nominalStart: number | null = null
  nominalEnd: number | null = null
  /** Job namespace, job name and run id. */
  readonly parent = [span(), span(), span()] as const
  readonly root = [span(), span(), span()] as const
  readonly by = span()
  readonly error = span()
  outputCount = 0
  readonly metadata = mapSpan()
  readonly #outputs: OutputView[] = []
  readonly #shape = new SpanList()
  readonly #maps = new MapBytes()

  /** Of the job, the inputs, and the outputs without metadata and metrics. */
  get spans(): Int32Array {
    return this.#shape.spans
  }

  get spanCount(): number {
    return this.#shape.count
  }

  output(index: number): OutputView {
    this.#outputs[index] ??= { key: span(), metadata: mapSpan(), metrics: mapSpan() }
    return this.#outputs[index]
  }

  /**
   * Finds the fields of the body that begins at `start` and ends the bytes. False when its row is not surely a copy of its bytes: it is cut
   * off, is encoded as few encoders do, states two things of one output, holds check results, a map whose entries would be reordered, or
   * metadata that is not JSON or not UTF-8. Whoever gets false decodes the event.
   * @param isTrusted true for an event that this version has decoded, put in order and encoded: its maps and outputs are not checked
   */
  read(bytes: Buffer, start: number, isTrusted = false): boolean {
    this.begin(bytes, start)
    this.#shape.clear()
    this.copiedText(this.eventId)
    this.occurredAt = this.long()
    this.copiedText(this.producer)
    this.copiedText(this.runId)
    this.#readJob()
    this.#readState()
    this.startedAt = this.optionalLong()
    this.nominalStart = this.optionalLong()
    this.nominalEnd = this.optionalLong()
    this.#readReference(this.parent)
    this.#readReference(this.root)
    this.optionalCopiedText(this.by)
    this.optionalCopiedText(this.error)
    this.#skipInputs()
    this.#readOutputs(isTrusted)
    this.#readMap(this.metadata, isTrusted, true)
    return this.isWhole
  }

  #readJob(): void {
    const start = this.at
    this.skipText(this.jobNamespace)
    this.skipText(this.jobName)
    this.skipOptionalText(this.jobType)
    this.#shape.add(start, this.at)
  }

  #readState(): void {
    const state = states[this.varint()]
    if (state === undefined) this.isReadable = false
    else this.state = state
  }

  #readReference([jobNamespace, jobName, runId]: readonly [Span, Span, Span]): void {
    const isStated = this.option()
    for (const part of [jobNamespace, jobName, runId]) {
      if (isStated) this.copiedText(part)
      else part.start = part.end = this.at
    }
  }

  #skipInputs(): void {
    const start = this.at
    const count = this.items()
    for (let left = count; this.goesOn(left); left--) {
      this.skipText(scratch)
      this.#skipProperties()
    }
    if (count > 0) this.nothing()
    this.#shape.add(start, this.at)
  }

  #readOutputs(isTrusted: boolean): void {
    this.outputCount = this.items()
    if (this.outputCount > manyOutputs && !isTrusted) this.isReadable = false
    for (let index = 0; index < this.outputCount && this.isReadable; index++) {
      this.#readOutput(this.output(index), isTrusted)
      if (!isTrusted && this.isReadable && this.#isOutputNamedBefore(index)) this.isReadable = false
    }
    if (this.outputCount > 0) this.nothing()
  }

  #readOutput(output: OutputView, isTrusted: boolean): void {
    const start = this.at
    this.skipText(output.key)
    if (this.option()) this.#skipTexts() // its own inputs
    this.#skipProperties()
    this.#shape.add(start, this.at)
    this.#readMap(output.metadata, isTrusted, true)
    this.#readMap(output.metrics, isTrusted, false)
    const stated = this.at
    if (this.option()) this.#skipColumns()
    this.#skipColumnLineage()
    this.nothing() // checks
    this.#shape.add(stated, this.at)
  }

  #readMap(map: MapSpan, isTrusted: boolean, isOfTexts: boolean): void {
    map.count = this.items()
    map.start = this.at
    map.jsonLength = 0
    if (map.count === 0) return
    for (let left = map.count; this.goesOn(left); left--) {
      this.skipText(scratch)
      map.jsonLength += scratch.end - scratch.start + 4 // two quotes, a colon, and a comma or one of the braces
      if (isOfTexts) {
        this.skipText(scratch)
        map.jsonLength += scratch.end - scratch.start
      } else this.at += 8
    }
    map.jsonLength++ // the other brace
    this.nothing()
    if (isTrusted || !this.isReadable || this.at > this.bytes.length) return
    if (!this.#maps.isSure(this.bytes, map, isOfTexts)) this.isReadable = false
  }

  #skipTexts(): void {
    const count = this.items()
    for (let left = count; this.goesOn(left); left--) this.skipText(scratch)
    if (count > 0) this.nothing()
  }

  #skipProperties(): void {
    if (!this.option()) return
    for (let left = 3; left > 0; left--) this.skipOptionalText(scratch) // name, description, url
    if (this.option()) this.#skipTexts() // owners
  }

  #skipColumns(): void {
    const count = this.items()
    for (let left = count; this.goesOn(left); left--) {
      this.skipText(scratch) // name
      this.skipOptionalText(scratch) // type
      this.skipOptionalText(scratch) // description
    }
    if (count > 0) this.nothing()
  }

  #skipColumnLineage(): void {
    const count = this.items()
    for (let left = count; this.goesOn(left); left--) {
      this.skipText(scratch) // column
      this.#skipColumnInputs()
    }
    if (count > 0) this.nothing()
  }

  #skipColumnInputs(): void {
    const count = this.items()
    for (let left = count; this.goesOn(left); left--) {
      this.skipText(scratch) // key
      this.skipText(scratch) // column
      this.skipOptionalText(scratch) // transformation
      this.skipOptionalText(scratch) // kind
      if (this.option()) this.at++ // masking
      this.skipOptionalText(scratch) // description
    }
    if (count > 0) this.nothing()
  }

  #isOutputNamedBefore(index: number): boolean {
    const { key } = this.output(index)
    for (let earlier = 0; earlier < index; earlier++) if (this.#isSame(this.output(earlier).key, key)) return true
    return false
  }

  #isSame(a: Span, b: Span): boolean {
    if (a.end - a.start !== b.end - b.start) return false
    return this.bytes.compare(this.bytes, b.start, b.end, a.start, a.end) === 0
  }
}

const scratch = span()
