import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionTarget, Connector, Session, Spending } from './connector.ts'

/** Of the large database: 100,000 columns. */
export const largeSize = { tables: 5_000, columns: 20 }

const mebibyte = 1024 ** 2
/** What a process may have on top of what it had. */
const mostMemory = 300 * mebibyte
/** What may be held of relations that were told already: identities, no documents. */
const mostHeld = 32 * mebibyte
const lookEvery = 1_000

export interface SizesSetup {
  connector: Connector
  /** A database, or project, that has no table. */
  empty: ConnectionTarget
  /** One that has tables of `largeSize`. */
  large: ConnectionTarget
}

export interface SizesLimits {
  /** That the catalog of the large database may take, where the connector counts them. */
  mostStatements?: number
  /** Why the source cannot be had on this machine. */
  missing?: string | undefined
}

/**
 * What every connector must do with a database that has nothing, and with one that has much. The setup is made once.
 *
 * @param source what it runs against, for the names of the tests
 */
export function describeSizes(
  source: string,
  setup: () => Promise<SizesSetup>,
  { mostStatements = Infinity, missing }: SizesLimits = {},
): void {
  describe(`the ${source} connector`, () => {
    let given: SizesSetup
    beforeAll(async () => {
      if (missing === undefined) given = await setup()
    }, 300_000)
    beforeEach((context) => context.skip(missing !== undefined, missing))

    test('finds nothing where there is nothing', async () => {
      await withSession(given.connector, given.empty, async (session) => {
        const events = await Array.fromAsync(session.readCatalog({}))
        expect(events[0]).toEqual({ kind: 'total', relations: 0 })
        expect(events.map(({ kind }) => kind)).not.toContain('relations')
        expect(events.map(({ kind }) => kind)).not.toContain('warnings')
        expect((await session.observeTables([])).tables).toEqual([])
        expect(await session.relationSizes([])).toEqual([])
        expect((await Array.fromAsync(session.readQueries([]))).flat()).toEqual([])
      })
    })

    test('streams 100,000 columns of 5,000 tables at flat memory', { timeout: 300_000 }, async () => {
      const spent: Spending = { statements: 0, ms: 0 }
      const read = await withSession(given.connector, given.large, readLarge, spent)
      expect(read).toMatchObject({ relations: largeSize.tables, columns: largeSize.tables * largeSize.columns })
      expect(Math.max(...read.held) - (read.held[0] ?? 0)).toBeLessThan(mostHeld)
      expect(read.mostMemory).toBeLessThan(mostMemory)
      expect(spent.statements).toBeLessThanOrEqual(mostStatements)
    })
  })
}

interface LargeReading {
  relations: number
  columns: number
  /** Bytes of the heap in use, after each so many relations. */
  held: number[]
  /** Bytes, of the whole process, on top of what it had. */
  mostMemory: number
}

async function readLarge(session: Session): Promise<LargeReading> {
  const collectGarbage = garbageCollector()
  collectGarbage()
  const before = process.memoryUsage().rss
  const reading: LargeReading = { relations: 0, columns: 0, held: [], mostMemory: 0 }
  for await (const event of session.readCatalog({})) {
    if (event.kind !== 'relations') continue
    reading.relations += event.relations.length
    for (const { document } of event.relations) reading.columns += document.columns.length
    reading.mostMemory = Math.max(reading.mostMemory, process.memoryUsage().rss - before)
    if (reading.relations >= lookEvery * (reading.held.length + 1)) {
      collectGarbage()
      reading.held.push(process.memoryUsage().heapUsed)
    }
  }
  return reading
}

/** Node hides it unless it is asked for. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new TypeError('Node lends no garbage collector')
  return () => void collect()
}

async function withSession<Result>(
  connector: Connector,
  target: ConnectionTarget,
  use: (session: Session) => Promise<Result>,
  spent: Spending = { statements: 0, ms: 0 },
): Promise<Result> {
  const session = await connector.open(target, {
    label: 'plumbline sizes',
    signal: new AbortController().signal,
    budget: {
      spent: () => Promise.resolve({ statements: 0, ms: 0 }),
      add: ({ statements, ms }) => {
        spent.statements += statements
        spent.ms += ms
        return Promise.resolve()
      },
    },
  })
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}
