import { runEvents } from '../proxies.ts'

/** Tells the receiver of OpenLineage events what it has not been told. There is one run of it at a time, so their order is kept. */
export async function runEventDelivery(): Promise<void> {
  await runEvents.sendRunEvents()
}
