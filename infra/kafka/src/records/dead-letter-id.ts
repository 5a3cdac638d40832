/**
 * Identifies a dead letter: its position, and when its record was recorded, since a topic that is deleted and created again has other
 * records at the same positions. A copy that is written again has the same id.
 * @param recordedAt epoch milliseconds; undefined where it is not the same at each reading
 */
export const deadLetterId = (position: string, recordedAt: string | undefined): string =>
  recordedAt === undefined ? position : `${position}@${recordedAt}`
