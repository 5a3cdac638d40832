/** How long clients trust what they know of a topic, so that added partitions are written and read within seconds. The default of kafkajs is 5 minutes. */
export const metadataMaxAge = 3_000
