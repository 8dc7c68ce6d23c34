import { expect, it } from 'vitest'
import { operationText } from './operation-text.ts'
import type { Operation } from '@plumbline/api'

const operation: Operation = {
  id: 'o',
  action: 'cancel',
  status: 'running',
  progress: { percent: 45, done: 54, total: 120 },
  succeeded: 54,
  skipped: 0,
  refused: 0,
  refusals: [],
  mode: null,
  reason: null,
  actor: 'ada',
  cancelling: false,
  createdAt: '2026-01-01T10:00:00.000Z',
  endedAt: null,
  error: null,
}

it.each<[Partial<Operation>, string]>([
  [{}, 'Cancelling 54 of 120 jobs'],
  [{ refused: 2 }, 'Cancelling 54 of 120 jobs, 2 refused'],
  [{ cancelling: true }, 'Stopping · Cancelled 54 jobs'],
  [{ status: 'completed', succeeded: 117, refused: 3 }, 'Cancelled 117 jobs, 3 refused'],
  [
    { status: 'completed', succeeded: 110, refused: 3, skipped: 7 },
    'Cancelled 110 jobs, 3 refused, 7 no longer matched',
  ],
  [{ status: 'completed', action: 'retry', succeeded: 1 }, 'Retried 1 job'],
  [{ status: 'cancelled', succeeded: 60 }, 'Stopped · Cancelled 60 jobs'],
  [{ status: 'failed', succeeded: 3 }, 'Failed · Cancelled 3 jobs'],
])('%j reads %s', (part, text) => expect(operationText({ ...operation, ...part })).toBe(text))
