import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import TestSequencer from './scripts/test-sequencer.ts'

const source = { conditions: ['source', 'node', 'import', 'module', 'default'] }
const ssr = { resolve: source }

/** Integration files mostly wait for the stack, so more of them run than the machine has cores. */
const integrationWorkers = Math.min(8, availableParallelism() * 2)

/** Tests that would take too much of the ten minutes of `npm test`: `npm run test:long` runs them, or `LONG_TESTS=1 npm test -- <path>`. */
const long = process.env['LONG_TESTS'] === undefined ? ['**/*.long.integration.test.ts'] : []

export default defineConfig({
  ssr,
  resolve: source,
  test: {
    reporters: ['default', './scripts/test-reporter.ts'],
    projects: [
      {
        ssr,
        resolve: source,
        test: {
          name: 'unit',
          include: ['**/test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.integration.test.ts'],
          pool: 'threads',
          isolate: false, // without module mocks and state in modules, files can share modules
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 2 },
          testTimeout: 60_000, // of a machine that does other things as well; none takes a second by itself
          hookTimeout: 60_000,
        },
      },
      {
        ssr,
        resolve: source,
        test: {
          name: 'integration',
          include: ['**/test/**/*.integration.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', ...long],
          globalSetup: ['services/testing/src/stack/global-setup.ts'],
          pool: 'forks',
          isolate: true, // a file may have to patch a client library before anything else loads it
          maxWorkers: integrationWorkers,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
    sequence: { sequencer: TestSequencer },
  },
})
