import fp from 'fastify-plugin'

const lookMs = 50

/** While the server closes, ends connections as soon as they have their answer; else their clients would keep them open. */
export const closeIdle = fp(
  (app, _, done) => {
    app.addHook('preClose', async () => {
      if (!app.server.listening) return
      const looking = setInterval(() => app.server.closeIdleConnections(), lookMs)
      app.server.once('close', () => clearInterval(looking))
    })
    done()
  },
  { name: 'close-idle' },
)
