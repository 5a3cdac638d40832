import fc from 'fast-check'
import { expect, it } from 'vitest'
import { apiKeyOf, hashOfApiKey, idBytes, idOfApiKey, looksLikeApiKey, secretBytes } from '../../src/keys/api-key.ts'

const random = fc.uint8Array({ minLength: idBytes + secretBytes, maxLength: idBytes + secretBytes })

it('reads the id from any key', () => {
  fc.assert(
    fc.property(random, (bytes) => {
      const { id, text } = apiKeyOf(bytes)
      expect(id).toMatch(/^[0-9a-f]{16}$/)
      expect(idOfApiKey(text)).toBe(id)
      expect(looksLikeApiKey(text)).toBe(true)
    }),
  )
})

it('encodes every random bit in the key', () => {
  fc.assert(
    fc.property(random, fc.nat(8 * (idBytes + secretBytes) - 1), (bytes, bit) => {
      const other = bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(apiKeyOf(other).text).not.toBe(apiKeyOf(bytes).text)
    }),
  )
})

it('rejects texts that are truncated, longer or otherwise malformed', () => {
  const { text } = apiKeyOf(new Uint8Array(idBytes + secretBytes))
  const others = [
    text.slice(0, -1),
    `${text}A`,
    `${text}\n`,
    ` ${text}`,
    text.toUpperCase(),
    text.replace('hw', 'hx'),
    'hw__',
    'hw_',
    '',
  ]
  for (const other of others) expect(idOfApiKey(other), JSON.stringify(other)).toBeUndefined()
})

it('hashes the whole text with SHA-256', () => {
  expect(hashOfApiKey('hw_a_b')).toBe('sha256:5e2b4eee0e9877b18b37b5d2b43fa5f467252df962d5f4926ee578f1f56fb953')
})
