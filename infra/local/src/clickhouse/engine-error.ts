/** An error of the engine, in ClickHouse's words: `Code: 60. DB::Exception: ... (UNKNOWN_TABLE)`. */
export class EngineError extends Error {
  /** ClickHouse's error code; 1002 when the text has none. */
  readonly code: number
  constructor(cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause)
    super(text.replace(/^(?:Error: |Query failed: )+/, ''), { cause })
    this.name = 'EngineError'
    this.code = Number(/Code: (\d+)/.exec(text)?.[1] ?? 1002)
  }

  get status(): number {
    return statusOf(this.code)
  }
}

/** By status: ClickHouse's exceptionCodeToHTTPStatus, as far as statements can meet these codes. */
const codes: Readonly<Record<number, ReadonlySet<number>>> = {
  400: new Set([6, 26, 27, 36, 38, 41, 43, 44, 53, 62, 69, 70, 72, 117, 130, 131, 190, 349, 386, 456, 457]),
  401: new Set([194]),
  403: new Set([192, 193, 497, 516]),
  404: new Set([46, 47, 50, 56, 60, 63, 73, 81, 115, 137]),
  408: new Set([159]),
  413: new Set([65]),
  501: new Set([48]),
}

function statusOf(code: number): number {
  const found = Object.entries(codes).find(([, members]) => members.has(code))
  return found === undefined ? 500 : Number(found[0])
}
