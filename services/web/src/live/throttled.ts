/** Runs at once, then at most once in the interval, and once more after it when it was called meanwhile. */
export function throttled(intervalMs: number, run: () => void): () => void {
  let waiting = false
  let again = false
  const fire = (): void => {
    waiting = true
    again = false
    run()
    setTimeout(() => {
      waiting = false
      if (again) fire()
    }, intervalMs)
  }
  return () => {
    if (waiting) again = true
    else fire()
  }
}
