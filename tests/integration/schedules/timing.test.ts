import { Client, Connection } from '@temporalio/client'
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js'
import { nextRuns, type Timing } from '@plumbline/gateway'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

let temporal: Client
beforeAll(async () => {
  temporal = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) })
})
afterAll(() => temporal.connection.close())

/** When a schedule that Temporal really has would tick. */
async function asTemporal(timing: Timing, after: Date, upTo: Date): Promise<string[]> {
  const scheduleId = `timing-${crypto.randomUUID()}`
  const schedule = await temporal.schedule.create({
    scheduleId,
    spec:
      timing.kind === 'cron'
        ? { cronExpressions: [timing.cron], timezone: timing.timezone }
        : { intervals: [{ every: timing.everyMs }] },
    state: { paused: true },
    action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none' },
  })
  const { startTime } = await temporal.workflowService.listScheduleMatchingTimes({
    namespace: 'default',
    scheduleId,
    startTime: msToTs(after.getTime()),
    endTime: msToTs(upTo.getTime()),
  })
  await schedule.delete()
  return (startTime ?? []).map((time) => new Date(tsToMs(time)).toISOString())
}

async function expectSame(timing: Timing, after: Date, upTo: Date): Promise<number> {
  const theirs = (await asTemporal(timing, after, upTo)).slice(0, 60)
  const ours = nextRuns(timing, after, 60).filter((run) => run <= upTo)
  expect({ timing, runs: ours.map((run) => run.toISOString()) }).toEqual({ timing, runs: theirs })
  return ours.length
}

const cron = (expression: string, timezone: string): Timing => ({ kind: 'cron', cron: expression, timezone })

/** A day before and two days after clocks change, east and west of Greenwich, by an hour and by half of one. */
const changes = [
  ['Europe/Berlin', '2026-03-28T00:00:00Z'],
  ['Europe/Berlin', '2026-10-24T00:00:00Z'],
  ['America/New_York', '2026-03-07T05:00:00Z'],
  ['America/New_York', '2026-10-31T05:00:00Z'],
  ['Europe/London', '2026-10-24T00:00:00Z'],
  ['America/Santiago', '2026-09-05T04:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-03T14:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-02T14:00:00Z'],
] as const

test.each(changes)('around the change of clocks in %s after %s, ticks are those of Temporal', async (zone, from) => {
  const [after, upTo] = [new Date(from), new Date(Date.parse(from) + 3 * 86_400_000)]
  const expressions = [
    '30 2 * * *',
    '0 2 * * *',
    '30 1 * * *',
    '59 0 * * *',
    '*/20 * * * *',
    '0 */2 * * *',
    '15 0-3 * * *',
  ]
  const counts = await Promise.all(expressions.map((one) => expectSame(cron(one, zone), after, upTo)))
  expect(Math.min(...counts)).toBeGreaterThan(0)
})

test('any expression that is accepted ticks as in Temporal', async () => {
  const random = numbers(20_261_124)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] ?? items[0] ?? never()
  const field = (min: number, max: number) => {
    const at = min + Math.floor(random() * (max - min + 1))
    const to = at + Math.floor(random() * (max - at + 1))
    const step = 1 + Math.floor(random() * (max - min))
    return pick([
      '*',
      '*',
      String(at),
      `${at}-${to}`,
      `*/${step}`,
      `${at},${to}`,
      `${at}-${to}/${Math.min(step, to - at + 1)}`,
    ])
  }
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Sao_Paulo']
  const after = new Date('2026-02-20T11:22:33.444Z')
  const found: number[] = []
  for (let round = 0; round < 60; round++) {
    const expression = [
      field(0, 59),
      field(0, 23),
      field(1, 31),
      pick([field(1, 12), 'jan-JUN/2', 'Mar,DEC']),
      pick([field(0, 7), 'mon-fri', 'SUN']),
    ].join(' ')
    found.push(await expectSame(cron(expression, pick(zones)), after, new Date('2028-02-20T00:00:00Z')))
  }
  expect(found.filter((count) => count > 0).length).toBeGreaterThan(40)
})

test.each([60_000, 90_000, 3_600_000, 86_400_000, 7 * 86_400_000])(
  'an interval of %d ms ticks as in Temporal',
  async (everyMs) => {
    const after = new Date('2026-02-20T11:22:33.444Z')
    const found = await expectSame({ kind: 'interval', everyMs }, after, new Date(after.getTime() + 20 * everyMs))
    expect(found).toBe(20)
  },
)

/** The same numbers in every run, so that a failure is found again. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function never(): never {
  throw new Error('nothing to pick from')
}
