/** A setting of a topic, or of a group that reads it, under which Headwater cannot keep what it promises. */
export type TopicProblem = {
  readonly topic: string
  /** The name of the setting, as Kafka's tools have it. */
  readonly setting: string
  readonly found: string
  readonly expected: string
  /** What happens because of it. */
  readonly consequence: string
  /** The command that fixes it, or what to do. */
  readonly remedy: string
  /** Whether events or their times are lost or wrong because of it; otherwise only a failure of a broker has such an effect. */
  readonly isSerious: boolean
}

/** One line for people. */
export const problemText = ({ topic, setting, found, expected, consequence, remedy }: TopicProblem): string =>
  `Topic ${topic}: ${setting} is ${found}, expected ${expected}: ${consequence}. ${remedy}`
