/** A place in the log. */
export type Position = { readonly topic: string; readonly partition: number; readonly offset: number }

export const formatPosition = ({ topic, partition, offset }: Position): string => `${topic}:${partition}:${offset}`
