import type { RunState } from './events.ts'

// Where the fields of a MaterializationEvent lie in its Avro body, without decoding it: most events of a log repeat what earlier
// ones said, and need not become objects. Follows the order of fields in avro/materialization-event.avsc.
// https://avro.apache.org/docs/1.12.0/specification/#binary-encoding
// Holds: after `read` returned true every place lies within the body, until the next `read`.

/** In the order of the schema. */
const states: readonly RunState[] = ['UNKNOWN', 'STARTED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ABORTED']

/** More are compared with each other sooner after decoding. */
const manyOutputs = 64

/** A stretch of the body. A text that is null is an empty one here. */
export type Span = { start: number; end: number }

/** What is said of one output. */
export type OutputView = {
  readonly key: Span
  /** Where its metrics begin: `metricCount` times a text and the eight bytes of a double. */
  metricsStart: number
  metricCount: number
}

/** One for many events: each `read` replaces what the last one found. */
export class MaterializationView {
  bytes: Buffer = Buffer.alloc(0)
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
  /** What the event names (job, inputs, outputs and their own inputs): start and end of `nameCount` stretches that tell them apart. */
  names = new Int32Array(64)
  nameCount = 0
  readonly #outputs: OutputView[] = []
  #at = 0
  /** All bytes of texts, or-ed. */
  #bits = 0
  #isReadable = true

  output(index: number): OutputView {
    this.#outputs[index] ??= {
      key: span(),
      metricsStart: 0,
      metricCount: 0,
    }
    return this.#outputs[index]
  }

  text({ start, end }: Span): string {
    return this.bytes.toString('utf8', start, end)
  }

  /**
   * Finds the fields of the body that begins at `start` and ends the bytes. False when there is more in it than this view shows
   * (asset properties, columns, column lineage, checks, metadata), or when it may be no event: it is cut off, encoded as few
   * encoders do, says two things of one output or metric, or holds texts that are not ASCII, hence perhaps not UTF-8. Whoever gets
   * false decodes the event.
   * @param isTrusted true for what this version encoded of an event: its texts and names are not looked at
   */
  read(bytes: Buffer, start: number, isTrusted = false): boolean {
    this.bytes = bytes
    this.#at = start
    this.#bits = 0
    this.#isReadable = true
    this.#text(this.eventId)
    this.occurredAt = this.#long()
    this.#text(this.producer)
    this.#text(this.runId)
    this.nameCount = 0
    const job = this.#at
    this.#text(this.jobNamespace)
    this.#text(this.jobName)
    this.#name(job, this.#at)
    this.#optionalText(this.jobType)
    this.#state()
    this.startedAt = this.#optionalLong()
    this.nominalStart = this.#optionalLong()
    this.nominalEnd = this.#optionalLong()
    this.#reference(this.parent)
    this.#reference(this.root)
    this.#optionalText(this.by)
    this.#optionalText(this.error)
    const inputs = this.#at
    this.#keys(true)
    this.#name(inputs, this.#at)
    this.outputCount = this.#items()
    if (this.outputCount > manyOutputs && !isTrusted) this.#isReadable = false
    for (let index = 0; index < this.outputCount && this.#isReadable; index++) {
      this.#readOutput(this.output(index))
      if (!isTrusted && this.#isReadable && this.#isOutputNamedBefore(index)) this.#isReadable = false
    }
    if (this.outputCount > 0) this.#nothing()
    this.#nothing() // metadata
    return this.#isReadable && this.#at === bytes.length && (isTrusted || this.#bits < 0x80)
  }

  #readOutput(output: OutputView): void {
    const start = this.#at
    this.#text(output.key)
    if (this.#option()) this.#keys(false) // its own inputs
    this.#name(start, this.#at)
    this.#nothing() // properties
    this.#nothing() // metadata
    this.#metrics(output)
    this.#nothing() // schema
    this.#nothing() // column lineage
    this.#nothing() // checks
  }

  #name(start: number, end: number): void {
    if (this.nameCount * 2 === this.names.length) {
      const grown = new Int32Array(this.names.length * 2)
      grown.set(this.names)
      this.names = grown
    }
    this.names[this.nameCount * 2] = start
    this.names[this.nameCount * 2 + 1] = end
    this.nameCount++
  }

  #metrics(output: OutputView): void {
    output.metricCount = this.#items()
    output.metricsStart = this.#at
    for (let left = output.metricCount; left > 0 && this.#isReadable; left--) {
      this.#text(scratch)
      this.#at += 8
    }
    if (output.metricCount > 0) this.#nothing()
    if (output.metricCount > 1 && this.#hasMetricTwice(output)) this.#isReadable = false
  }

  /** An array of keys, each alone or with properties, which must be null. */
  #keys(haveProperties: boolean): void {
    const count = this.#items()
    for (let left = count; left > 0 && this.#isReadable; left--) {
      this.#text(scratch)
      if (haveProperties) this.#nothing()
    }
    if (count > 0) this.#nothing()
  }

  #reference([jobNamespace, jobName, runId]: readonly [Span, Span, Span]): void {
    const isStated = this.#option()
    for (const part of [jobNamespace, jobName, runId]) {
      if (isStated) this.#text(part)
      else part.start = part.end = this.#at
    }
  }

  #state(): void {
    const state = states[this.#varint()]
    if (state === undefined) this.#isReadable = false
    else this.state = state
  }

  #text(place: Span): void {
    const length = this.#varint()
    const end = this.#at + length
    place.start = this.#at
    place.end = end
    this.#at = end
    if (end > this.bytes.length) {
      this.#isReadable = false
      return
    }
    let bits = 0
    for (let at = place.start; at < end; at++) bits |= this.bytes[at] as number
    this.#bits |= bits
  }

  #optionalText(place: Span): void {
    if (this.#option()) this.#text(place)
    else place.start = place.end = this.#at
  }

  #optionalLong(): number | null {
    return this.#option() ? this.#long() : null
  }

  /** True for the second branch of a union with null. */
  #option(): boolean {
    const branch = this.bytes[this.#at++]
    if (branch === 2) return true
    if (branch !== 0) this.#isReadable = false
    return false
  }

  /** A null, or the end of a list or map: both are a zero. */
  #nothing(): void {
    if (this.bytes[this.#at++] !== 0) this.#isReadable = false
  }

  /** How many items the only block of a list or map has. */
  #items(): number {
    const count = this.#varint()
    if (count <= this.bytes.length) return count
    this.#isReadable = false
    return 0
  }

  /** A number from 0 to 2^27, more than a record can hold bytes, zigzag encoded: a length, a count, a symbol. */
  #varint(): number {
    const bytes = this.bytes
    let byte = bytes[this.#at++] as number
    let value = byte & 0x7f
    for (let shift = 7; byte >= 0x80; shift += 7) {
      if (shift > 21) {
        this.#isReadable = false
        return 0
      }
      byte = bytes[this.#at++] as number
      value |= (byte & 0x7f) << shift
    }
    if (value % 2 === 1) this.#isReadable = false // negative
    return value >> 1
  }

  /** A number from 0 to 2^48, zigzag encoded. */
  #long(): number {
    let scale = 1
    let value = 0
    for (let length = 0; length < 7; length++) {
      const byte = this.bytes[this.#at++] as number
      value += (byte & 0x7f) * scale
      if (byte < 0x80) {
        if (value % 2 === 1) this.#isReadable = false // negative
        return value / 2
      }
      scale *= 0x80
    }
    this.#isReadable = false
    return 0
  }

  #isOutputNamedBefore(index: number): boolean {
    const { key } = this.output(index)
    for (let earlier = 0; earlier < index; earlier++) if (this.#isSame(this.output(earlier).key, key)) return true
    return false
  }

  #hasMetricTwice({ metricsStart, metricCount }: OutputView): boolean {
    const names = new Set<string>()
    const end = this.#at
    this.#at = metricsStart
    for (let left = metricCount; left > 0 && this.#isReadable; left--) {
      this.#text(scratch)
      names.add(this.text(scratch))
      this.#at += 8
    }
    this.#at = end
    return names.size < metricCount
  }

  #isSame(a: Span, b: Span): boolean {
    if (a.end - a.start !== b.end - b.start) return false
    return this.bytes.compare(this.bytes, b.start, b.end, a.start, a.end) === 0
  }
}

const scratch = span()

function span(): Span {
  return { start: 0, end: 0 }
}
