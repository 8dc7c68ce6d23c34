import { bulkVerbs } from '../jobs/bulk/bulk-words.ts'
import { counted, numberText } from '../text/count.ts'
import type { Operation } from '@plumbline/api'

/** How an operation stands: `Cancelling 54 of 120 jobs`, `Cancelled 117 jobs, 3 refused`. */
export function operationText(operation: Operation): string {
  const { doing, done } = bulkVerbs[operation.action]
  const refused = operation.refused === 0 ? '' : `, ${numberText(operation.refused)} refused`
  const skipped = operation.skipped === 0 ? '' : `, ${numberText(operation.skipped)} no longer matched`
  const outcome = `${done} ${counted(operation.succeeded, 'job')}${refused}${skipped}`
  switch (operation.status) {
    case 'running':
      if (operation.cancelling) return `Stopping · ${outcome}`
      return `${doing} ${numberText(operation.progress.done)} of ${counted(operation.progress.total, 'job')}${refused}`
    case 'completed':
      return outcome
    case 'cancelled':
      return `Stopped · ${outcome}`
    case 'failed':
      return `Failed · ${outcome}`
  }
}
