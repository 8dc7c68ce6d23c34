import { createServer, type Socket } from 'node:net'
import { Client } from 'pg'

/** Runs statements in a source. */
export async function inSource(url: string, statements: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}

/** Tables `t0001`… of twenty columns, each with a key, an index and a comment, spread over ten schemas. */
export const manyTables = (count: number): string => `
  do $$
  begin
    for s in 0..9 loop execute format('create schema s%s', s); end loop;
    for n in 1..${count} loop
      execute format('create table s%s.t%s (id bigint primary key, %s)', n % 10, lpad(n::text, 4, '0'),
        (select string_agg(format('c%s %s', c, (array['text', 'integer', 'numeric(10,2)', 'timestamptz'])[1 + c % 4]), ', ')
         from generate_series(1, 19) c));
      execute format('create index on s%s.t%s (c1)', n % 10, lpad(n::text, 4, '0'));
      execute format('comment on column s%s.t%s.c1 is %L', n % 10, lpad(n::text, 4, '0'), 'column one of ' || n);
    end loop;
  end $$`

/** A server that accepts connections and never answers: what a job meets when a database hangs. */
export async function hangingServer(): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `postgres://reader:x@127.0.0.1:${port}/db`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
