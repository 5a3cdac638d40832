import { connectionProblem } from '@headwater/kafka'

/** Why Kafka failed, with the variable to set where the connection is refused. */
export const kafkaReason = (error: unknown): string => connectionProblem(error)?.text ?? (error as Error).message
