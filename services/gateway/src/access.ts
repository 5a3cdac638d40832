import type { FastifyPluginAsync } from 'fastify'

// Stands in for @headwater/access.
declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a request must be allowed to do. */
    access?: 'ingest' | 'admin' | 'none'
  }
}

/** Lets everybody in. */
export const openAccess: FastifyPluginAsync = async () => undefined
