import { expect, it } from 'vitest'
import { readText } from '../src/read-text.ts'

const bodyOf = (...chunks: readonly Uint8Array[]) => {
  let cancelled = false
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[pulled++]
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
    cancel() {
      cancelled = true
    },
  })
  let pulled = 0
  return { response: new Response(stream), isCancelled: () => cancelled, pulled: () => pulled }
}
const bytes = (text: string) => new TextEncoder().encode(text)

it('reads a body up to the limit, also where a character is in two chunks', async () => {
  const [first = bytes(''), second = bytes('')] = [bytes('aé').subarray(0, 2), bytes('aé').subarray(2)]
  expect(await readText(bodyOf(first, second).response, 3)).toBe('aé')
  expect(await readText(new Response(null), 0)).toBe('')
})

it('refuses a larger body without reading all of it', async () => {
  const { response, isCancelled, pulled } = bodyOf(...Array.from({ length: 1_000 }, () => bytes('0123456789')))
  await expect(readText(response, 25)).rejects.toThrow('the answer has more than 25 bytes')
  expect(isCancelled()).toBe(true)
  expect(pulled()).toBeLessThan(10)
})
