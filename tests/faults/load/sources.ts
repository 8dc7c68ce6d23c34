import { hangingServer, inSource, manyTables } from '../../support/source.ts'
import { createDatabase } from '../../support/test-database.ts'
import type { RecordingClient } from './recording-client.ts'

/** What becomes of a discovery: it completes, fails with `connection-refused`, or hangs until it is cancelled. */
export type SourceKind = 'small' | 'large' | 'refusing' | 'hanging'

export interface Source {
  kind: SourceKind
  connectionId: string
  assetId: string
  tables: number
}

export interface Sources {
  all: Source[]
  close(): Promise<void>
}

/** Connections of each kind. */
export type SourceCounts = Record<SourceKind, number>

const tables = { small: 4, large: 200, refusing: 0, hanging: 0 } as const satisfies SourceCounts
/** Two of the three jobs that a source gets run at once, the third waits for a slot. */
const maxConcurrentJobs = 2

/** Connections to real databases, which are on a Postgres that no fault touches. */
export async function makeSources(client: RecordingClient, counts: SourceCounts): Promise<Sources> {
  const hanging = await hangingServer()
  const urls: Record<SourceKind, string> = {
    small: await databaseWith(tables.small),
    large: await databaseWith(tables.large),
    refusing: 'postgres://reader:x@127.0.0.1:1/db',
    hanging: hanging.url,
  }
  const kinds = Object.keys(counts).flatMap((kind) => (isKind(kind) ? Array<SourceKind>(counts[kind]).fill(kind) : []))
  const all: Source[] = []
  for (const [index, kind] of kinds.entries()) {
    const { answer } = await client.post('/connections', connectionTo(`${kind} ${index}`, urls[kind]))
    if (answer?.status !== 201) throw new Error(`No connection: ${JSON.stringify(answer)}`)
    all.push({ kind, connectionId: answer.body.id, assetId: answer.body.rootAssetId, tables: tables[kind] })
  }
  return { all, close: () => hanging.close() }
}

const isKind = (kind: string): kind is SourceKind => Object.hasOwn(tables, kind)

async function databaseWith(count: number): Promise<string> {
  const url = await createDatabase()
  await inSource(url, manyTables(count))
  return url
}

function connectionTo(name: string, url: string) {
  const { hostname, port, pathname, username, password } = new URL(url)
  return {
    name,
    kind: 'postgres',
    maxConcurrentJobs,
    settings: { host: hostname, port: Number(port), database: pathname.slice(1), user: username },
    credentials: { password },
  }
}
