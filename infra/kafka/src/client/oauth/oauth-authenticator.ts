import kafkajs, { type Mechanism } from 'kafkajs'
import { KafkaError } from '../../errors/kafka-error.ts'

const refused =
  'The broker refuses the token of OAUTHBEARER: check its audience, issuer, scope and end (KAFKA_OAUTH_SCOPE, KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_TOKEN_FILE)'

/**
 * SASL OAUTHBEARER (RFC 7628). The one of kafkajs takes the answer of a broker that refuses a token for success, and keeps a connection
 * whose login got no token.
 * @param token called for each login
 */
export const oauthMechanism = (token: () => Promise<string>): Mechanism => ({
  mechanism: 'oauthbearer',
  authenticationProvider: ({ saslAuthenticate }) => ({
    async authenticate() {
      const value = await token().catch(discardConnection)
      const message = Buffer.from(`n,,\u0001auth=Bearer ${value}\u0001\u0001`)
      const answer = await saslAuthenticate({
        request: { encode: async () => withSize(message) },
        response: { decode: async (bytes) => bytes, parse: async (bytes) => bytes.subarray(sizeLength).toString() },
      })
      if (answer) discardConnection(new KafkaError('KAFKA_UNAVAILABLE', refusalOf(answer), { retryable: false }))
    },
  }),
})

const sizeLength = 4

function withSize(message: Buffer): Buffer {
  const size = Buffer.alloc(sizeLength)
  size.writeInt32BE(message.length)
  return Buffer.concat([size, message])
}

/** A broker that accepts a token answers nothing. */
function refusalOf(answer: string): string {
  const status = /"status"\s*:\s*"([\w-]{1,60})"/.exec(answer)?.[1]
  return status === undefined ? refused : `${refused}: ${status}`
}

/** The connection is in the middle of its login: kafkajs discards it only after an error of the connection. */
function discardConnection(cause: Error): never {
  throw Object.assign(new kafkajs.KafkaJSConnectionError(cause.message), { cause })
}
