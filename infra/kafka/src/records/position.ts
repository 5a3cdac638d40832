/** Where a record is in the log. */
export type Position = { readonly topic: string; readonly partition: number; readonly offset: number }

/** `topic:partition:offset` */
export const formatPosition = ({ topic, partition, offset }: Position): string => `${topic}:${partition}:${offset}`
