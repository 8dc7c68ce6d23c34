import { defineConfig } from 'vitest/config'

const unitFolders = ['workflows', 'activities/*', 'services/*', 'deploy/local']
const workflowTests = ['workflows/src/**/workflow.test.ts', 'workflows/src/{run-job,spawn-jobs}.test.ts']

/**
 * Tests that cross packages share one Postgres and one Temporal, each file with a database of its own. They wait for facts, and
 * for long: a machine that is busy with something else is ten times slower. A limit of their own is a promise of the product.
 */
const withServers = {
  globalSetup: 'tests/support/server-setup.ts',
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
}

/** The projects are the stages of `npm test`, in its order; none is ever retried. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: unitFolders.map((folder) => `${folder}/src/**/*.test.{ts,tsx}`),
          exclude: ['**/node_modules/**', ...workflowTests],
        },
      },
      {
        test: {
          name: 'workflow',
          include: workflowTests,
          globalSetup: 'tests/support/tool-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'replay',
          include: ['tests/replay/**/*.test.ts'],
          globalSetup: 'tests/support/tool-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // Many of these wait for servers: two at a time, also where there are two cores.
      { test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], ...withServers, maxWorkers: 2 } },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          ...withServers,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          ...withServers,
          fileParallelism: false,
        },
      },
    ],
  },
})
