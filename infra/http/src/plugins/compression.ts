import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import fp from 'fastify-plugin'

/** Smaller answers fit into one or two packets, and are slower compressed. */
const minBytes = 2_048

/**
 * Compresses answers for clients that accept it. Levels are low: they take a third of the time of the default ones for nearly the same
 * size. An attacker who could read sizes (BREACH) learns nothing: no answer repeats a secret, such as a credential, and pages of other
 * sites cannot send requests with one.
 */
export const compression = fp(
  async (app) => {
    await app.register(compress, {
      globalDecompression: false,
      threshold: minBytes,
      encodings: ['br', 'gzip'],
      zlibOptions: { level: 1 },
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
    })
  },
  { name: 'compression' },
)
