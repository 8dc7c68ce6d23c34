import type { TestProject } from 'vitest/node'
import './provided.ts'
import { temporalCli, temporalTestServer } from '../../scripts/toolchain.mjs'

/** Global setup of the projects that start Temporal themselves (time-skipping, replay): only the programs. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('temporalExecutable', await temporalCli())
  project.provide('temporalTestServer', await temporalTestServer())
}
