// Exits with 0 if the service of this container answers at /livez, or at the given path: `node health.mjs /readyz`.
// Called by the HEALTHCHECK of the image.
const {
  HEADWATER_SERVICE: service,
  API_PORT = '8080',
  GATEWAY_PORT = '8090',
  PROJECTOR_METRICS_PORT = '9464',
} = process.env
const port = { api: API_PORT, gateway: GATEWAY_PORT }[service] ?? PROJECTOR_METRICS_PORT
const path = process.argv[2] ?? '/livez'

try {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_500) })
  if (!response.ok) fail(`${response.status} ${await response.text()}`)
} catch (error) {
  fail(String(error.cause ?? error))
}

function fail(reason) {
  process.stderr.write(`${service} ${path}: ${reason}\n`)
  process.exit(1)
}
