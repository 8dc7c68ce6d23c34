import type { StepProgress } from '@plumbline/store'

/**
 * Keeps only the newest progress and writes it when told to: one write at a time, whatever the pace of the work. Progress is
 * never worth failing for; a record that is away shows itself at the next write that matters.
 */
export function progressWriter(write: (progress: StepProgress) => Promise<void>, onError: (error: unknown) => void) {
  let newest: StepProgress | undefined
  let writing: Promise<void> | undefined

  const flush = (): Promise<void> => {
    if (writing) return writing
    if (!newest) return Promise.resolve()
    const progress = newest
    newest = undefined
    writing = write(progress)
      .catch(onError)
      .finally(() => {
        writing = undefined
      })
    return writing
  }

  return {
    set(progress: StepProgress) {
      newest = progress
    },
    /** Starts a write of the newest, unless one is on its way. */
    flush,
    /** Resolves when the last one is written. */
    async finish(): Promise<void> {
      await writing
      await flush()
    },
  }
}
