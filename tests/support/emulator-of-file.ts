import { afterAll, beforeAll, beforeEach } from 'vitest'

interface Emulator {
  execute: (...statements: string[]) => Promise<void>
  stop: () => Promise<void>
}

/** One emulator for the tests of a file, with what `statements` make; they are skipped where it is `missing`, with the reason. */
export function emulatorOfFile<Started extends Emulator>(
  missing: string | undefined,
  start: () => Promise<Started>,
  statements: readonly string[],
): () => Started {
  let emulator: Started | undefined
  beforeAll(async () => {
    if (missing !== undefined) return
    emulator = await start()
    await emulator.execute(...statements)
  })
  afterAll(() => emulator?.stop())
  beforeEach((context) => context.skip(missing !== undefined, missing))
  return () => {
    if (!emulator) throw new Error('the emulator was not started')
    return emulator
  }
}
