import { defineConfig } from 'vitest/config'

const unitFolders = ['workflows', 'activities/*', 'services/*', 'deploy/local']
const workflowTests = ['workflows/src/**/workflow.test.ts', 'workflows/src/{run-job,spawn-jobs}.test.ts']

/** Tests that cross packages share one Postgres and one Temporal, each file with a database of its own. */
const withServers = { globalSetup: 'tests/support/server-setup.ts', testTimeout: 60_000, hookTimeout: 60_000 }

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
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          ...withServers,
          fileParallelism: false,
          testTimeout: 180_000,
        },
      },
    ],
  },
})
