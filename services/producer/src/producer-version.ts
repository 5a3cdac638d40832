/** The `producer` of events. A test compares it with package.json. */
export const producerVersion = 'headwater-producer/0.1.0'
