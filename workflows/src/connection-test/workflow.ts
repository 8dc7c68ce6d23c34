import { warehouseTest } from '../proxies.ts'
import type { ConnectionTestResult } from '../ports.ts'

/** Tries a connection where its credentials can be opened: on a worker. Not a job: nothing of it is kept but the answer. */
export async function connectionTest(input: { connectionId: string }): Promise<ConnectionTestResult> {
  return warehouseTest.testConnection(input)
}
