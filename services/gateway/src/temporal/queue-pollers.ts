import type { Client } from '@temporalio/client'
import type { TaskQueue } from '@plumbline/workflows'
import type { EngineCall } from './engine-call.ts'
import { pollerAnswers } from './poller-answers.ts'

/** `TaskQueueType` of Temporal's API, whose package has no names that an ES module could import. */
const taskQueueTypes = { workflow: 1, activity: 2 } as const

/** A poll is open for a minute at most; Temporal lists pollers for five after their last. */
const pollMs = 70_000

/** Which queues workers poll. */
export function queuePollers(client: Client, call: EngineCall) {
  const answers = pollerAnswers<TaskQueue>()

  async function countPollers(queue: TaskQueue): Promise<number> {
    const { pollers } = await call(() =>
      client.workflowService.describeTaskQueue({
        namespace: client.options.namespace,
        taskQueue: { name: queue },
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- see taskQueueTypes
        taskQueueType: queue === 'workflows' ? taskQueueTypes.workflow : taskQueueTypes.activity,
      }),
    )
    return (pollers ?? []).filter(({ lastAccessTime }) => isRecent(lastAccessTime)).length
  }

  return {
    /** Asks whether any worker polls a queue, unless that was asked a moment ago; `isWorkerMissing` tells. */
    async lookForWorker(queue: TaskQueue): Promise<void> {
      if (!answers.isDue(queue)) return
      try {
        answers.note(queue, (await countPollers(queue)) > 0)
      } catch (error) {
        answers.forget(queue)
        throw error
      }
    },

    /** How many worker processes poll a queue, as Temporal says now. */
    countPollers,

    /** What `lookForWorker` has seen, for views that must not wait; false while nothing is known. */
    isWorkerMissing: (queue: TaskQueue): boolean => answers.isMissing(queue),
  }
}

function isRecent(time: { seconds?: unknown } | null | undefined): boolean {
  return Date.now() - Number(time?.seconds ?? 0) * 1000 < pollMs
}
