import fp from 'fastify-plugin'

const intervalMs = 50

/** Closes keep-alive connections once they are idle while the server shuts down; clients would keep them open, and the server would wait. */
export const closeIdle = fp(
  (app, _, done) => {
    app.addHook('preClose', async () => {
      if (!app.server.listening) return
      const closing = setInterval(() => app.server.closeIdleConnections(), intervalMs)
      app.server.once('close', () => clearInterval(closing))
    })
    done()
  },
  { name: 'close-idle' },
)
