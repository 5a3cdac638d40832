import { textWithoutSecrets } from '@headwater/lineage'

type StartFailure = Error & { readonly code?: string; readonly port?: number }

/** Ends the process with code 1 and one line on stderr that says why the service did not start. */
export const exitOnFailure =
  (service: string, portVariable: string) =>
  (error: StartFailure): never => {
    const reason =
      error.code === 'EADDRINUSE'
        ? `port ${error.port} is already in use; stop the process that listens on it, or set ${portVariable} to another port`
        : textWithoutSecrets(error.message)
    process.stderr.write(`headwater ${service}: ${reason}\n`)
    process.exit(1)
  }
