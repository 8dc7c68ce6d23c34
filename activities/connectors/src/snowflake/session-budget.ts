import { ConnectorError } from '../connector-error.ts'
import type { Budget, Spending } from '../connector.ts'
import type { SnowflakeSettings } from './settings.ts'

/** What a session spends is told to the budget of its job so often at most: what was not is lost with a worker. */
const tellEveryMs = 5_000
const nothing: Spending = { statements: 0, ms: 0 }

/** Counts what a session spends against what the connection allows a job, of which sessions before it have spent a part. */
export class SessionBudget {
  readonly #limits: Pick<SnowflakeSettings, 'maxStatements' | 'maxSeconds'>
  readonly #budget: Budget | undefined
  /** By all of the job. */
  #spent: Spending
  #untold = { ...nothing }
  #toldAt = performance.now()

  private constructor(limits: SnowflakeSettings, budget: Budget | undefined, spent: Spending) {
    this.#limits = limits
    this.#budget = budget
    this.#spent = { ...spent }
  }

  static async open(limits: SnowflakeSettings, budget: Budget | undefined): Promise<SessionBudget> {
    return new SessionBudget(limits, budget, (await budget?.spent()) ?? nothing)
  }

  /** Before a statement. @throws ConnectorError `budget-spent` */
  begin(): void {
    const { maxStatements, maxSeconds } = this.#limits
    if (this.#spent.statements >= maxStatements)
      throw new ConnectorError(
        'budget-spent',
        `${maxStatements} statements ran, as many as the connection allows a job`,
      )
    if (this.#spent.ms > maxSeconds * 1000)
      throw new ConnectorError(
        'budget-spent',
        `Statements ran for ${maxSeconds} s, as long as the connection allows a job`,
      )
    this.#spent.statements += 1
    this.#untold.statements += 1
  }

  /** After it. */
  async end(ms: number): Promise<void> {
    this.#spent.ms += ms
    this.#untold.ms += ms
    if (performance.now() - this.#toldAt >= tellEveryMs) await this.tell()
  }

  async tell(): Promise<void> {
    const untold = this.#untold
    this.#untold = { ...nothing }
    this.#toldAt = performance.now()
    if (untold.statements > 0 || untold.ms > 0) await this.#budget?.add(untold)
  }
}
