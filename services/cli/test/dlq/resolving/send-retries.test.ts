import type { Message, Producer } from 'kafkajs'
import { expect, it } from 'vitest'
import { isSendable } from '../../../src/dlq/letters/dead-letter.ts'
import { DeadLetters } from '../../../src/dlq/letters/fold-dead-letters.ts'
import { sendRetries } from '../../../src/dlq/resolving/send-retries.ts'
import { refusal } from '../letter-records.ts'

it('retries keep their partition, unless the topic was created again with fewer', async () => {
  const letters = new DeadLetters()
  for (const position of ['t:0:1', 't:4:2', 't:5:3']) letters.add(refusal(position))
  const sent: (number | undefined)[] = []
  const send = async ({ messages }: { messages: Message[] }) => {
    sent.push(...messages.map(({ partition }) => partition))
    return [...new Set(sent)].map((partition) => ({ topicName: 't', partition, errorCode: 0, baseOffset: '7' }))
  }
  const retry = (partitions: number) =>
    sendRetries({ send } as Pick<Producer, 'send'> as Producer, letters.all().filter(isSendable), () => partitions)
  const places = (retries: Awaited<ReturnType<typeof retry>>) =>
    retries.map(({ letter, retriedAs }) => [letter.position.offset, retriedAs.partition, retriedAs.offset])
  expect(places(await retry(6))).toEqual([
    [3, 5, 7],
    [2, 4, 7],
    [1, 0, 7],
  ])
  sent.length = 0
  expect(places(await retry(2))).toEqual([
    [3, 1, 7],
    [2, 0, 7],
    [1, 0, 8],
  ])
})
