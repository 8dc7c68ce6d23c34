import type { OverlapPolicy } from '@plumbline/workflows'

/** What happens at a tick while the job of the tick before is still active, as a person chooses it. */
export const overlapTexts: Record<OverlapPolicy, { label: string; text: string }> = {
  skip: {
    label: 'Skip the tick',
    text: 'Nothing is started, and the tick is listed as skipped with the job that was in its way.',
  },
  buffer_one: {
    label: 'Run once it has ended',
    text: 'One tick waits and starts as soon as the job before it ends; further ones are skipped.',
  },
  allow_all: {
    label: 'Start it all the same',
    text: 'Ticks do not wait for each other. On one asset there is still only one active job of a type: while it runs, the tick is listed as skipped.',
  },
}
