/** The name of a broker's no, e.g. UNKNOWN_TOPIC_OR_PARTITION, also when the client tried several times; undefined when none answered. */
export function brokerRefusal(error: unknown): string | undefined {
  const { type, cause } = error as { type?: string; cause?: unknown }
  return type ?? (cause === undefined || cause === null ? undefined : brokerRefusal(cause))
}
