import type { Client } from '@temporalio/client'
import type { TaskQueue } from '@plumbline/workflows'
import type { EngineCall } from './engine-call.ts'

/** `TaskQueueType` of Temporal's API, whose package has no names that an ES module could import. */
const taskQueueTypes = { workflow: 1, activity: 2 } as const

/** How long an answer about pollers is believed. */
const believedMs = 5_000
/** A poll is open for a minute at most; Temporal lists pollers for five after their last. */
const pollMs = 70_000

/** Which queues workers poll. */
export function queuePollers(client: Client, call: EngineCall) {
  const answers = new Map<TaskQueue, { polled: boolean; at: number }>()

  return {
    /** Whether any worker polls a queue; an answer is believed for five seconds. */
    async hasWorker(queue: TaskQueue): Promise<boolean> {
      const known = answers.get(queue)
      if (known && Date.now() - known.at < believedMs) return known.polled
      const { pollers } = await call(() =>
        client.workflowService.describeTaskQueue({
          namespace: client.options.namespace,
          taskQueue: { name: queue },
          // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- see taskQueueTypes
          taskQueueType: queue === 'workflows' ? taskQueueTypes.workflow : taskQueueTypes.activity,
        }),
      )
      const polled = (pollers ?? []).some(({ lastAccessTime }) => isRecent(lastAccessTime))
      answers.set(queue, { polled, at: Date.now() })
      return polled
    },

    /** The last answer of `hasWorker`, for views that must not wait; false while nothing is known. */
    isWorkerMissing: (queue: TaskQueue): boolean => answers.get(queue)?.polled === false,
  }
}

function isRecent(time: { seconds?: unknown } | null | undefined): boolean {
  return Date.now() - Number(time?.seconds ?? 0) * 1000 < pollMs
}
