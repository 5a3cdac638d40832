/** Takes a command that runs; what it resolves to is the exit code. */
export type Run = (running: Promise<number>) => Promise<void>
