import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { faults, namesOf, type Fault } from './faults.ts'
import { makeFaultSite, type FaultSite } from './load/fault-site.ts'
import { randomFrom, shuffled } from './load/random.ts'

const inFlight = 300
const seed = Number(process.env['PLUMBLINE_FAULT_SEED'] ?? Date.now() % 1_000_000)
const random = randomFrom(seed)

const sources = { small: 100, large: 2, refusing: 6, hanging: 8 }
const started = new AsyncDisposableStack()
let site: FaultSite
beforeAll(async () => {
  tell(`PLUMBLINE_FAULT_SEED=${seed} repeats these faults`)
  site = started.adopt(await makeFaultSite(sources, random), (all) => all.remove())
})
afterAll(() => started.disposeAsync())

function tell(line: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(1)} s: ${line}\n`)
}

/** What a fault left broken would only show as another failure of the next. */
let intact = true
beforeEach(() => {
  if (!intact) throw new Error('An earlier fault left something broken')
  intact = false
})

/** The jobs are there when it happens; people and scripts go on asking meanwhile. */
async function underLoad(fault: Fault): Promise<void> {
  await site.load.fill(inFlight)
  tell(`${await site.load.activeJobs()} jobs are active, and ${fault.name}`)
  await site.load.during(() => fault.happen(site))
  tell(`it is over, after ${site.client.asked.length} requests`)
}

describe(`with ${inFlight} jobs in flight`, () => {
  test.each(faults)(
    '$name, and all that was promised holds',
    async (fault) => {
      await underLoad(fault)
      expect(await site.broken(fault.codes)).toEqual([])
      tell('all of it holds')
      intact = true
    },
    900_000,
  )

  const all = shuffled(faults, random)
  test(`everything happens: ${namesOf(all)}`, async () => {
    await site.startTodaysVersion()
    for (const fault of all) await underLoad(fault)
    expect(await site.broken(faults.flatMap(({ codes }) => codes))).toEqual([])
    tell('all of it holds')
  }, 1_800_000)
})
