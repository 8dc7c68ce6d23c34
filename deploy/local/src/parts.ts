import type { Kept, Part } from './keep-running.ts'

/** Parts by the order in which they end: gateway and workers drain while the servers behind them still answer. */
type Level = 'services' | 'temporal' | 'postgres'
const endingOrder: readonly Level[] = ['services', 'temporal', 'postgres']

/** Everything that was started, and how it ends. */
export class Parts {
  private readonly kept: { level: Level; part: Kept<Part> }[] = []

  add<T extends Part>(level: Level, part: Kept<T>): Kept<T> {
    this.kept.push({ level, part })
    return part
  }

  /** Level by level; within one all at once. Harmless when repeated. */
  async stop(): Promise<void> {
    for (const level of endingOrder) await Promise.all(this.of(level).map((part) => part.stop()))
  }

  kill(): void {
    for (const { part } of this.kept) part.kill()
  }

  private of(level: Level): Kept<Part>[] {
    return this.kept.filter((entry) => entry.level === level).map((entry) => entry.part)
  }
}
