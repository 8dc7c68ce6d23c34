import type { TestProject } from 'vitest/node'
import './provided.ts'
import { startServers } from './servers.ts'

/** Global setup of the projects that need real servers. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startServers()
  project.provide('postgresUrl', servers.postgresUrl)
  project.provide('temporalAddress', servers.temporalAddress)
  project.provide('temporalUiUrl', servers.temporalUiUrl)
  project.provide('temporalExecutable', servers.temporalExecutable)
  project.provide('temporalTestServer', servers.temporalTestServer)
  return () => servers.stop()
}
