/** An error of the engine, in ClickHouse's words: `Code: 60. DB::Exception: ... (UNKNOWN_TABLE)`. */
export class EngineError extends Error {
  /** ClickHouse's error code; 1002 when the text has none. */
  readonly code: number
  constructor(cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause)
    super(text.replace(/^Error: /, ''), { cause })
    this.name = 'EngineError'
    this.code = Number(/Code: (\d+)/.exec(text)?.[1] ?? 1002)
  }

  /** As ClickHouse's HTTPHandler maps codes to statuses. */
  get status(): number {
    if ([36, 47, 62, 53, 26, 27, 6, 38, 41, 70, 72, 349, 386, 456, 457].includes(this.code)) return 400
    if ([60, 81, 16, 46, 115].includes(this.code)) return 404
    if (this.code === 159) return 408
    if ([193, 194, 497, 516].includes(this.code)) return 403
    if (this.code === 164) return 500
    return 500
  }
}
