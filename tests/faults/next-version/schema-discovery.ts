import { patched, sleep } from '@temporalio/workflow'
import { schemaDiscovery as today } from '../../../workflows/src/schema-discovery/workflow.ts'

/** Runs that the version of today began go on as they were; new ones do something that it could not replay. */
export async function schemaDiscovery(input: Parameters<typeof today>[0]): ReturnType<typeof today> {
  if (patched('rest-before-discovery')) await sleep('10 milliseconds')
  return today(input)
}
