export interface Repeating {
  /** Ends after the round that is under way. */
  stop(): Promise<void>
}

/** Does something at once and again, so long after each round has ended; a round that fails is told and the next follows. */
export function repeat(everyMs: number, round: () => Promise<void>, failed: (error: unknown) => void): Repeating {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const once = async () => {
    try {
      await round()
    } catch (error) {
      failed(error)
    }
    if (!stopped) timer = setTimeout(run, everyMs)
  }
  const run = () => {
    running = once()
  }
  run()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
