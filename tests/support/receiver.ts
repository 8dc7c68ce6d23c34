import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that a receiver was sent. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
  /** What it was answered. */
  status: number
}

/** A web server on loopback that takes notices, or not. */
export interface Receiver {
  url: string
  received: Received[]
  /** What it answers from now on; a redirect leads to `/elsewhere`. */
  answer(status: number, headers?: Record<string, string>): void
  stop(): Promise<void>
}

/** @param port the one of a receiver before, which is down now */
export async function startReceiver(port = 0): Promise<Receiver> {
  let next: { status: number; headers: Record<string, string> } = { status: 204, headers: {} }
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const { status, headers } = next
      received.push({ path: request.url ?? '', headers: request.headers, body, status })
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has an address of this kind
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}/notices?key=hidden`,
    received,
    answer(status, headers = {}) {
      next = { status, headers }
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
