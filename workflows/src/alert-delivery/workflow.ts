import { CancellationScope } from '@temporalio/workflow'
import { jobErrorOf } from '../job-error-of.ts'
import { noticeEnd, notices } from '../proxies.ts'
import type { DeliveryRef } from '../ports.ts'

/** Delivers a notice: its id is the delivery's, so there is one, and it goes on wherever a worker was lost. */
export async function alertDelivery({ deliveryId }: DeliveryRef): Promise<void> {
  try {
    await notices.deliver({ deliveryId })
  } catch (error) {
    const reason = jobErrorOf(error).message
    await CancellationScope.nonCancellable(() => noticeEnd.giveUpDelivery({ deliveryId, reason }))
    throw error
  }
}
