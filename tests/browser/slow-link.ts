import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A way to a server that is as slow as a test wants it: what comes back from the server is held up, what goes there is not. */
export interface SlowLink {
  /** The server's URL by way of the link. */
  url: string
  close(): Promise<void>
}

/** @param bytesPerSecond of each connection, in the direction from the server */
export async function slowLink(serverUrl: string, bytesPerSecond: number): Promise<SlowLink> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      socket.on('error', () => undefined)
    }
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => client.end())
    client.pipe(upstream)
    upstream.pipe(heldUp(bytesPerSecond)).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = new URL(serverUrl)
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`
  return {
    url: url.href,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Passes on a tenth of a second's worth at a time. */
function heldUp(bytesPerSecond: number): Transform {
  const portion = Math.ceil(bytesPerSecond / 10)
  return new Transform({
    highWaterMark: portion,
    async transform(chunk: Buffer, _, done) {
      for (let from = 0; from < chunk.length; from += portion) {
        const part = chunk.subarray(from, from + portion)
        await new Promise((resolve) => setTimeout(resolve, (part.length / bytesPerSecond) * 1000))
        this.push(part)
      }
      done()
    },
  })
}
