import { defineConfig } from 'vitest/config'

const source = { conditions: ['source', 'node', 'import', 'module', 'default'] }
const ssr = { resolve: source }

export default defineConfig({
  ssr,
  resolve: source,
  test: {
    projects: [
      {
        ssr,
        resolve: source,
        test: {
          name: 'unit',
          include: ['**/test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.integration.test.ts'],
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
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['services/testing/src/stack/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
