/** The broker's error, e.g. UNKNOWN_TOPIC_OR_PARTITION, also after retries of the client; undefined when no broker answered. */
export function brokerError(error: unknown): string | undefined {
  const { type, cause } = error as { type?: string; cause?: unknown }
  return type ?? (cause === undefined || cause === null ? undefined : brokerError(cause))
}
